"""What each shipped claim must come to, worked out by hand from the printed figures.

Claims are named as in `recomputed.py`. `assertions` has a letter for each (T true, F false, U unknown), `numbers` an
outcome for each (m matches, d differs, u undecided) in the order of their names.
"""

from __future__ import annotations

from dataclasses import dataclass

GROUPS = {
    "f1": "finding-1-capability-threshold",
    "f2": "finding-2-mode-collapse",
    "f3": "finding-3-model-switching",
    "f4": "finding-4-hybrid-distillation",
    "f5": "finding-5-rl-vs-supervised",
    "all": "overview",
}
OUTCOMES = {"m": "matches", "d": "differs", "u": "undecided", "T": "true", "F": "false", "U": "unknown"}


@dataclass(frozen=True, slots=True)
class Expected:
    """A verdict with its parts, and why it is not what the document says."""

    verdict: str
    assertions: str = ""
    numbers: str = ""
    correction: str | None = None
    why: str = ""


def long_id(short: str) -> str:
    """``f1/below-3b`` gives ``finding-1-capability-threshold/below-3b``."""
    group, _, rest = short.partition("/")
    return f"{GROUPS[group]}/{rest}"


def _ok(assertions: str = "", numbers: str = "") -> Expected:
    return Expected("validated", assertions, numbers)


EXPECTED = {
    "f1/larger-model-succeeds": Expected("undetermined", "U", why="two of the three 8B scores are pending"),
    "f1/below-3b": Expected("undetermined", "U", why="nothing below 3B was measured"),
    "f1/structured-output": _ok("T", "mmm"),
    "f1/character-regression": Expected("corrected", "T", "mmd", why="37 - 54 is -17 points, or -31.5 %"),
    "f1/gap-between-sizes": Expected("corrected", "F", "mdm", "holds", "both scores are the 3B model's"),
    "f1/no-8b-character-result": _ok("T"),
    "f1/8b-character": Expected("undetermined", "U", why="the 8B score is pending"),
    "f1/originality": Expected("undetermined", "U", "mm", why="the 8B score is pending"),
    "f1/unique-ratio": Expected("undetermined", "U", "m", why="no count of looping outputs"),
    "f1/four-experiments": Expected("corrected", "", "d", why="one task has a result at 8B"),
    "f2/lr-step-10x": _ok("T", "mmm"),
    "f2/lr-step-4x": _ok("T", "mmm"),
    "f2/learning-rate-decides": Expected("refuted", "F", why="rank and samples change as well"),
    "f2/learning-rate-threshold": _ok("T"),
    "f2/binary-in-learning-rate": Expected("undetermined", "TTU", why="nothing was tried between the rates"),
    "f2/binary-in-distillation": Expected("refuted", "F", why="Qwen keeps 0.211 of 0.518"),
    "f2/non-monotonic-collapse": Expected("refuted", "F", why="0, 1, 1 by rate is monotonic"),
    "f2/non-monotonic-accuracy": _ok("T"),
    "f2/one-answer": _ok("T"),
    "f2/accuracies-agree": _ok("TTT", "mmm"),
    "f2/scores-fall-at-switch": _ok("T", "mmmm"),
    "f2/kl-rises-at-switch": _ok("T", "mm"),
    "f2/kl-before-switch": Expected("refuted", "F", why="0 in the table, 0.015 in the text"),
    "f2/kl-spike": Expected(
        "undetermined", "T", "u", why="5.4453 / 0.015 is 363, and 351 to 376 by rounding, with 361 inside"
    ),
    "f2/kl-spike-in-one-step": Expected("undetermined", "U", why="steps 41 to 49 are not in the log"),
    "f3/roi-attempt-1": Expected("corrected", "", "md", why="-73 to -70 over 120 min is about -0.6"),
    "f3/roi-attempt-2": _ok("", "mm"),
    "f3/roi-attempt-3": _ok("", "mm"),
    "f3/roi-attempt-4": _ok("", "mm"),
    "f3/roi-switch": _ok("", "mm"),
    "f3/total-training-time": _ok("", "mm"),
    "f3/training-gain": Expected("corrected", "T", "mdm", why="half a point, which is 0.685 %"),
    "f3/switch-gain": Expected("corrected", "T", "dmmm", why="19 points, which is 26 %"),
    "f3/roi-ratio": Expected(
        "corrected", "T", "dd", why="3.8 / 0.003 is 1,266; 19 / 0.5 without the minutes is 38"
    ),
    "f3/switching-beats-training": _ok("TT"),
    "f3/eighty-percent-rule": Expected("undetermined", "U", why="no project with a good baseline"),
    "f3/size-ratio": Expected("corrected", "T", "d", why="32 / 7 is 4.57: truncated, not rounded"),
    "f3/smaller-and-better": _ok("TT", "mm"),
    "f4/complete-collapse": Expected("refuted", "TF", why="Qwen is left with 0.06 to 0.21"),
    "f4/llama-collapse": _ok("T", "mmmm"),
    "f4/collapse-at-step-50": Expected("undetermined", "U", "m", why="steps 41 to 49 are not in the log"),
    "f4/log-and-table-agree": _ok("", "mmm"),
    "f4/off-policy-loss": _ok("TT", "mmmm"),
    "f4/no-recovery": _ok("T", "mmmmmmm"),
    "f4/llama-gap": _ok("", "mmm"),
    "f4/qwen-gap": _ok("", "mmm"),
    "f4/gap-and-severity": _ok("TT", "mm"),
    "f4/gap-alone-explains": Expected("refuted", "F", why="the family changes with the gap"),
    "f4/qwen-upper-end": _ok("", "m"),
    "f4/qwen-lower-end": Expected("undetermined", "", "u", why="one Qwen run is shown, with 0.211"),
    "f4/mechanism": Expected("undetermined", "U", "m", why="four of five steps were not observed"),
    "f5/supervised-needs-fewer": _ok("TT"),
    "f5/advantage-n10": _ok("TT", "mm"),
    "f5/advantage-n100": _ok("TT", "mm"),
    "f5/advantage-n500": _ok("TT", "mm"),
    "f5/rl-909-times-worse": Expected(
        "undetermined", "", "u", "rejected", "10,000+ over 11 is 909 or more; 909 % is a hundredth of it"
    ),
    "f5/headline-909-percent": Expected("corrected", "T", "d", why="909 times as many is 90,809 % more"),
    "f5/effect-size-rl-eoe-n10": Expected("undetermined", "", "u", why="no counts by seed"),
    "f5/effect-size-rl-step-n10": Expected("undetermined", "", "u", why="no counts by seed"),
    "f5/effect-size-rl-eoe-n100": Expected("undetermined", "", "u", why="no counts by seed"),
    "f5/p-values": Expected("undetermined", "", "u", why="no counts by seed"),
    "f5/effect-size-sign": Expected("corrected", "F", "", "holds", "g is -8.2"),
    "f5/constant-time": _ok("T", "m"),
    "f5/supervised-exponent": _ok("", "m"),
    "f5/supervised-r-squared": Expected("undetermined", "", "u", why="three equal counts have no variance"),
    "f5/rl-eoe-exponent": Expected("corrected", "T", "d", why="101, 301, 451 give 0.39"),
    "f5/rl-eoe-r-squared": Expected("corrected", "", "d", why="101, 301, 451 give 0.975"),
    "f5/rl-step-exponent": Expected("undetermined", "", "u", why="lower bounds leave 0.518 or more"),
    "f5/rl-step-r-squared": Expected("undetermined", "", "u", why="two of three counts are lower bounds"),
    "f5/rl-step-linear": Expected("undetermined", "U", why="lower bounds leave 0.518 or more"),
    "all/projects-analysed": _ok("", "m"),
    "all/evaluations-catalogued": Expected("undetermined", "", "u", why="the catalogue is not given"),
    "all/findings-span-projects": Expected("undetermined", "U", why="projects of four studies are not named"),
    "all/file-references": Expected("refuted", "F", why="no finding names a file"),
    "all/exact-numbers": Expected("refuted", "F", why="approximations, ranges and bounds are among them"),
    "all/key-number-1": _ok("T", "mm"),
    "all/key-number-2": Expected("refuted", "TF", "mm", why="rank and samples change as well"),
    "all/key-number-3": Expected("corrected", "T", "ddmdm", why="1,266 for 38, and points for percent"),
    "all/key-number-4": Expected("undetermined", "", "um", why="the spike is 351 to 376 by rounding"),
    "all/key-number-5": Expected("corrected", "T", "dmm", why="909 times as many is 90,809 % more"),
    "all/all-findings-validated": Expected(
        "refuted", "TFFUF", "m", why="findings 2, 3 and 5 fail, 4 is open"
    ),
}
