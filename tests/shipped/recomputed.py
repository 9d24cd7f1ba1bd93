"""Every number of the shipped claims that the evidence gives, computed again with pandas and numpy.

A key is ``claim.number`` with the claim's folder cut to ``f1`` to ``f5`` or ``all``, and the number of a correction
comes after ``claim.correction``. A value is in the unit in which the tool gives it; None is what cannot be computed.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tests.shipped.figures_read import Range, exact, figure, known, log_steps, rounded, row, table

Recomputed = dict[str, Range | None]


def percent_change(before: Range, after: Range) -> Range:
    """By how many percent `after` lies above `before`."""
    factor = after / before
    return Range((factor.nominal - 1) * 100, (factor.low - 1) * 100, (factor.high - 1) * 100)


def log_log_fit(x: list[float], y: list[float]) -> tuple[float, float]:
    """Exponent and R² of a power law fitted on log axes; R² is not a number where every y is the same."""
    logs: NDArray[np.float64] = np.log(np.array(x))
    values: NDArray[np.float64] = np.log(np.array(y))
    if np.ptp(values) == 0:
        return 0.0, math.nan
    exponent = float(np.polyfit(logs, values, 1)[0])
    return exponent, float(np.corrcoef(logs, values)[0, 1] ** 2)


def capability() -> Recomputed:
    scores, outputs = table("open-character/success"), table("gan-jokes/outputs")
    small = known(row(scores, task="structured output", model="3B")["success"])
    large = known(row(scores, task="structured output", model="8B")["success"])
    before = known(row(scores, task="character distillation", stage="before training")["success"])
    trained = {"task": "character distillation", "stage": "after training"}
    after = known(row(scores, **trained, model="3B")["success"])
    unique = row(outputs, measure="unique ratio", model="3B")
    joke = row(outputs, measure="originality", model="3B")
    measured = [*scores[scores["model"] == "8B"]["success"], *outputs[outputs["model"] == "8B"]["score"]]
    return {
        "f1/structured-output.gain": large - small,
        "f1/structured-output.small_success": small,
        "f1/structured-output.large_success": large,
        "f1/character-regression.regression": after - before,
        "f1/character-regression.before_training": before,
        "f1/character-regression.after_training": after,
        "f1/gap-between-sizes.gap": before - after,
        "f1/gap-between-sizes.first_score": before,
        "f1/gap-between-sizes.second_score": after,
        "f1/four-experiments.experiments": exact(sum(figure(cell) is not None for cell in measured)),
        "f1/originality.score": known(joke["score"]),
        "f1/originality.full_marks": known(joke["out_of"]),
        "f1/unique-ratio.unique_ratio": (known(unique["score"]) / known(unique["out_of"])).times(100),
        "all/key-number-1.small_success": small,
        "all/key-number-1.large_success": large,
    }


def collapse() -> Recomputed:
    attempts, transition = table("amd-hackathon/attempts"), table("hybrid-distillation/transition")
    approaches = table("amd-hackathon/approaches")
    rate = {n: known(row(attempts, attempt=n)["lr"]) for n in "234"}
    accuracy = {n: known(row(approaches, attempt=n)["accuracy"]) for n in "234"}
    llama, qwen = row(transition, family="Llama"), row(transition, family="Qwen")
    spike = rounded(log_steps()[50]["kl"]) / rounded(row(table("hybrid-distillation/kl-before"))["kl_before"])
    return {
        "f2/lr-step-10x.step": rate["3"] / rate["4"],
        "f2/lr-step-10x.from_lr": rate["3"],
        "f2/lr-step-10x.to_lr": rate["4"],
        "f2/lr-step-4x.step": rate["2"] / rate["3"],
        "f2/lr-step-4x.from_lr": rate["2"],
        "f2/lr-step-4x.to_lr": rate["3"],
        "f2/accuracies-agree.second": accuracy["2"],
        "f2/accuracies-agree.third": accuracy["3"],
        "f2/accuracies-agree.fourth": accuracy["4"],
        "f2/scores-fall-at-switch.llama_before": rounded(llama["eval_before"]),
        "f2/scores-fall-at-switch.llama_after": rounded(llama["eval_after"]),
        "f2/scores-fall-at-switch.qwen_before": rounded(qwen["eval_before"]),
        "f2/scores-fall-at-switch.qwen_after": rounded(qwen["eval_after"]),
        "f2/kl-rises-at-switch.llama_kl": rounded(llama["kl_after"]),
        "f2/kl-rises-at-switch.qwen_kl": rounded(qwen["kl_after"]),
        "f2/kl-spike.spike": spike,
        "all/key-number-2.collapsing_rate": rate["3"],
        "all/key-number-2.working_rate": rate["4"],
        "all/key-number-4.spike": spike,
        "all/key-number-4.switch_step": exact(min(s for s, line in log_steps().items() if "kl" in line)),
    }


def switching() -> Recomputed:
    approaches, models = table("amd-hackathon/approaches"), table("amd-hackathon/models")
    case = row(table("amd-hackathon/cases"))
    baseline, switched = known(case["baseline"]), known(case["switched"])
    training = approaches[approaches["kind"] == "training"]
    best = max((known(cell) for cell in training["accuracy"]), key=lambda found: found.nominal)
    total = exact(sum(known(cell).nominal for cell in training["time"]))
    switch = row(approaches, kind="switch")
    minutes, gain = known(switch["time"]), known(switch["accuracy"]) - baseline
    ratio = (gain / minutes) / ((best - baseline) / total)
    qwen, deepseek = row(models, model="Qwen2.5-7B"), row(models, model="DeepSeek-R1-32B")
    numbers: Recomputed = {
        "f3/total-training-time.total_hours": total,
        "f3/total-training-time.total_minutes": total,
        "f3/training-gain.gain": best - baseline,
        "f3/training-gain.start_accuracy": baseline,
        "f3/training-gain.best_accuracy": best,
        "f3/switch-gain.gain": gain,
        "f3/switch-gain.minutes": minutes,
        "f3/switch-gain.start_accuracy": baseline,
        "f3/switch-gain.switched_accuracy": switched,
        "f3/roi-ratio.roi_ratio": ratio,
        "f3/roi-ratio.roi_ratio_as_printed": exact((19 / 5) / (0.5 / 167)),
        "f3/size-ratio.size_ratio": known(deepseek["billions"]) / known(qwen["billions"]),
        "f3/smaller-and-better.qwen_accuracy": known(qwen["accuracy"]),
        "f3/smaller-and-better.deepseek_accuracy": known(deepseek["accuracy"]),
        "all/key-number-3.roi_ratio": ratio,
        "all/key-number-3.switch_gain": gain,
        "all/key-number-3.switch_time": minutes,
        "all/key-number-3.training_gain": best - baseline,
        "all/key-number-3.training_time": total,
    }
    for _, line in approaches.iterrows():
        claim = f"f3/roi-attempt-{line['attempt']}" if line["attempt"] else "f3/roi-switch"
        time = known(line["time"])
        numbers[f"{claim}.roi"] = (known(line["accuracy"]) - baseline) / time
        numbers[f"{claim}.minutes"] = time.times(1 / 60) if line["time"].endswith("h") else time
    return numbers


def distillation() -> Recomputed:
    steps, gaps = log_steps(), table("hybrid-distillation/gap-severity")
    pairs = {family: row(gaps, family=family) for family in ("Llama", "Qwen")}
    qwen_after = rounded(row(table("hybrid-distillation/transition"), family="Qwen")["eval_after"])
    numbers: Recomputed = {
        "f4/llama-collapse.score_after": rounded(steps[50]["eval_score"]),
        "f4/llama-collapse.score_before": rounded(steps[40]["eval_score"]),
        "f4/llama-collapse.training_score": rounded(steps[50]["score"]),
        "f4/llama-collapse.step_after": exact(50),
        "f4/collapse-at-step-50.first_collapsed": exact(
            min(step for step, line in steps.items() if rounded(line["eval_score"]).high < 0.001)
        ),
        "f4/log-and-table-agree.kl_after": rounded(steps[50]["kl"]),
        "f4/log-and-table-agree.score_before": rounded(steps[40]["eval_score"]),
        "f4/log-and-table-agree.score_after": rounded(steps[50]["eval_score"]),
        "f4/off-policy-loss.loss_at_start": rounded(steps[0]["loss"]),
        "f4/off-policy-loss.loss_at_end": rounded(steps[40]["loss"]),
        "f4/off-policy-loss.score_at_start": rounded(steps[0]["eval_score"]),
        "f4/off-policy-loss.score_at_end": rounded(steps[40]["eval_score"]),
        "f4/no-recovery.last_step": exact(max(steps)),
        "f4/no-recovery.last_score": rounded(steps[90]["eval_score"]),
        "f4/no-recovery.last_training_score": rounded(steps[90]["score"]),
        "f4/no-recovery.first_loss": rounded(steps[50]["loss"]),
        "f4/no-recovery.last_loss": rounded(steps[90]["loss"]),
        "f4/no-recovery.first_kl": rounded(steps[50]["kl"]),
        "f4/no-recovery.last_kl": rounded(steps[90]["kl"]),
        "f4/gap-and-severity.llama_left": known(pairs["Llama"]["collapsed_to"]),
        "f4/gap-and-severity.qwen_left": known(pairs["Qwen"]["collapsed_to"]),
        "f4/qwen-upper-end.upper_end": qwen_after,
        "f4/qwen-lower-end.lower_end": None,
        "f4/mechanism.chain_length": exact(len(table("hybrid-distillation/mechanism"))),
    }
    for family, pair in pairs.items():
        student, teacher = known(pair["student_billions"]), known(pair["teacher_billions"])
        name = f"f4/{family.lower()}-gap"
        numbers |= {f"{name}.gap": teacher / student}
        numbers |= {f"{name}.student_size": student, f"{name}.teacher_size": teacher}
    return numbers


def supervision() -> Recomputed:
    episodes = table("memorization/episodes")
    sizes = {n: {k: known(c) for k, c in row(episodes, n=n).items()} for n in ("10", "100", "500")}
    x = [cells["n"].nominal for cells in sizes.values()]
    eoe = log_log_fit(x, [cells["rl_eoe"].nominal for cells in sizes.values()])
    # Each weight of the slope at a lower bound is positive, so that the floors give the smallest exponent.
    step_floor = log_log_fit(x, [cells["rl_step"].low for cells in sizes.values()])[0]
    flat = log_log_fit(x, [cells["supervised"].nominal for cells in sizes.values()])[0]
    hundred = sizes["100"]
    worse = hundred["rl_step"] / hundred["supervised"]
    excess = percent_change(hundred["supervised"], hundred["rl_step"])
    effect = row(table("memorization/statistics"), against="RL-EoE", n="10")["g"]
    numbers: Recomputed = {
        "f5/headline-909-percent.excess": excess,
        "f5/rl-909-times-worse.times_worse": worse,
        "f5/rl-909-times-worse.correction.as_percentage": worse.times(100),
        "f5/rl-909-times-worse.correction.as_factor": worse,
        "f5/effect-size-sign.correction.signed_g": exact(known(effect).nominal),
        "f5/effect-size-rl-eoe-n10.g": None,
        "f5/effect-size-rl-step-n10.g": None,
        "f5/effect-size-rl-eoe-n100.g": None,
        "f5/p-values.p": None,
        "f5/constant-time.episodes_needed": max(
            (cells["supervised"] for cells in sizes.values()), key=lambda found: found.high
        ),
        "f5/supervised-exponent.exponent": exact(flat),
        "f5/supervised-r-squared.explained": None,
        "f5/rl-eoe-exponent.exponent": exact(eoe[0]),
        "f5/rl-eoe-r-squared.explained": exact(eoe[1]),
        "f5/rl-step-exponent.exponent": Range(math.nan, step_floor, math.inf),
        "f5/rl-step-r-squared.explained": None,
        "all/key-number-5.more_efficient": excess,
        "all/key-number-5.supervised_episodes": hundred["supervised"],
        "all/key-number-5.rl_episodes": hundred["rl_step"],
    }
    for n, cells in sizes.items():
        numbers[f"f5/advantage-n{n}.over_step"] = cells["rl_step"] / cells["supervised"]
        numbers[f"f5/advantage-n{n}.over_eoe"] = cells["rl_eoe"] / cells["supervised"]
    return numbers


def overview() -> Recomputed:
    return {
        "all/projects-analysed.listed": exact(table("overview/projects")["project"].nunique()),
        "all/evaluations-catalogued.evaluations": None,
        "all/all-findings-validated.findings_listed": exact(len(table("overview/findings"))),
    }


def recompute() -> Recomputed:
    """All of it."""
    parts = (capability, collapse, switching, distillation, supervision, overview)
    return {key: value for part in parts for key, value in part().items()}
