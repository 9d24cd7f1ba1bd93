// Keeps a page that the preview serves up to date, and shows the mistakes that keep it from being so.
// It is part of no built site.
'use strict';

(() => {
  let print = document.currentScript.dataset.print;
  const path = (address) => decodeURIComponent(address).replace(/^\/$/, '/index.html');
  const here = path(location.pathname);
  const kept = window.sessionStorage;

  // The tab that the preview opened goes along with the author; others stay where their reader put them.
  if (location.search === '?follow') {
    kept.setItem('claims-follows', 'yes');
    history.replaceState(history.state, '', location.pathname + location.hash);
  }

  const make = (name, className, text = '') => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  // Everything of ours is in a tree of its own: the site's styles do not reach it, and ours not the site.
  const host = document.createElement('div');
  host.id = 'claims-preview';
  host.hidden = true;
  const root = host.attachShadow({ mode: 'open' });
  document.documentElement.append(host);

  // The style is loaded when there is something to show, and nothing is shown before.
  const show = (element) => {
    root.append(element);
    if (root.querySelector('link')) return;
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = '/_preview/overlay.css';
    for (const end of ['load', 'error']) {
      style.addEventListener(end, () => {
        host.hidden = false;
        if (panel) panel.focus({ preventScroll: true });
      });
    }
    root.append(style);
  };

  let panel = null;
  let chip = null;
  let shown = '[]';
  let focusedBefore = null;

  const remove = (element) => { if (element) element.remove(); };

  const setChip = (element) => {
    remove(chip);
    chip = element;
    if (chip) show(chip);
  };

  const counted = (mistakes) => (mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`);

  const mistakeItem = (text) => {
    const [head, ...rest] = text.split('\n');
    const item = make('li', '');
    item.append(make('p', 'head', head));
    if (rest.length) {
      const lines = make('pre', '', rest.join('\n'));
      lines.tabIndex = 0;
      item.append(lines);
    }
    return item;
  };

  const close = () => {
    remove(panel);
    panel = null;
    if (focusedBefore && focusedBefore.isConnected) focusedBefore.focus({ preventScroll: true });
    focusedBefore = null;
  };

  const hide = (mistakes, behind) => {
    kept.setItem('claims-hidden', JSON.stringify(mistakes));
    close();
    const button = make('button', 'chip wrong', `Show ${counted(mistakes)}`);
    button.type = 'button';
    button.addEventListener('click', () => { kept.removeItem('claims-hidden'); open(mistakes, behind); });
    setChip(button);
  };

  const open = (mistakes, behind) => {
    const active = document.activeElement;
    if (!panel) focusedBefore = active === host ? null : active;
    remove(panel);
    setChip(null);
    panel = make('section', 'panel');
    panel.setAttribute('role', 'alertdialog');
    panel.setAttribute('aria-labelledby', 'title');
    panel.tabIndex = -1;
    const bar = make('div', 'bar');
    const title = make('h2', '', counted(mistakes));
    title.id = 'title';
    const button = make('button', 'hide', 'Hide');
    button.type = 'button';
    button.title = 'Escape';
    button.addEventListener('click', () => hide(mistakes, behind));
    bar.append(title, button);
    const list = make('ol', '');
    list.append(...mistakes.map(mistakeItem));
    const note = behind ? 'The pages behind this are of the last good build.' : 'The other pages are up to date.';
    panel.append(bar, make('p', 'note', note), list);
    show(panel);
    panel.focus({ preventScroll: true });
    panel.hideIt = () => hide(mistakes, behind);
  };

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && panel) panel.hideIt();
  });

  const showMistakes = (mistakes, behind) => {
    const wanted = JSON.stringify(mistakes);
    if (wanted === shown) return;
    shown = wanted;
    if (!mistakes.length) {
      kept.removeItem('claims-hidden');
      setChip(null);
      close();
    } else if (kept.getItem('claims-hidden') === wanted) hide(mistakes, behind);
    else open(mistakes, behind);
  };

  const pointTo = (edited) => {
    const link = make('a', 'chip', `${edited.path} was edited: show its page`);
    link.href = edited.page;
    setChip(link);
  };

  // A page that loads what it loaded before is put in the old one's place, which is quicker than to load it anew.
  const loads = (text) => text.split('-')[1];
  const replacePage = (html) => {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    const tag = fresh.querySelector('script[src="/_preview/follow.js"]');
    if (!tag || loads(tag.dataset.print) !== loads(print)) {
      location.reload();
      return;
    }
    const { scrollX, scrollY } = window;
    print = tag.dataset.print;
    document.title = fresh.title;
    document.body.replaceWith(document.adoptNode(fresh.body));
    window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
    for (const old of document.querySelectorAll('script[src]:not([data-print])')) {
      const again = document.createElement('script');
      again.src = old.src;
      old.replaceWith(again);
    }
  };

  let last = null;
  const hear = (told) => {
    const { page, plain, mistakes, behind, edited } = told;
    last = told;
    const follows = kept.getItem('claims-follows') !== null;
    const seen = kept.getItem('claims-seen');
    const isNew = edited !== null && edited.mark !== seen && (follows || seen !== null);
    const isElsewhere = isNew && path(edited.page) !== here;
    if (isElsewhere && follows) {
      kept.setItem('claims-seen', edited.mark);
      location.assign(edited.page);
    } else if (page !== print) {
      if (plain && loads(page) === loads(print)) worker.postMessage(location.pathname);
      else location.reload(); // the browser keeps the scroll position
    } else {
      if (edited !== null) kept.setItem('claims-seen', edited.mark);
      showMistakes(mistakes, behind);
      if (isElsewhere && !panel && !chip) pointTo(edited);
    }
  };

  // A browser opens six connections to one address: only pages that somebody sees hold one.
  let worker = null;
  const attend = () => {
    const isWanted = document.visibilityState === 'visible';
    if (isWanted && !worker) {
      worker = new Worker(`/_preview/stream.js?page=${encodeURIComponent(here.slice(1))}`);
      worker.onmessage = ({ data: { told, html } }) => {
        if (told) hear(told);
        else {
          replacePage(html);
          if (last.page === print) hear(last);
        }
      };
    } else if (!isWanted && worker) {
      worker.terminate();
      worker = null;
    }
  };
  document.addEventListener('visibilitychange', attend);
  window.addEventListener('pagehide', () => { if (worker) worker.terminate(); worker = null; });
  window.addEventListener('pageshow', attend);
  attend();
})();
