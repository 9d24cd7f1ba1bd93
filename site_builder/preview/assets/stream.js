// Listens to the preview for a page, whose own policy does not let it open a connection, and fetches the page for it.
'use strict';

const listen = () => {
  const stream = new EventSource(`/_preview/events${self.location.search}`);
  stream.onmessage = (event) => self.postMessage({ told: JSON.parse(event.data) });
  // The browser tries again by itself, except where an answer was no stream.
  stream.onerror = () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
};

self.onmessage = ({ data }) => {
  fetch(data)
    .then((answer) => (answer.ok ? answer.text() : ''))
    .then((html) => self.postMessage({ html }), () => self.postMessage({ html: '' }));
};

listen();
