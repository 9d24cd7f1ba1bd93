"""The figures that the document prints, and where each is found: stated by a claim, or in the evidence of one.

A list of our own, made by reading the document from top to bottom; claims are named as in `expected.py`.
"""

from __future__ import annotations

STATED = {
    "f1/structured-output": "40%|95%|55 pp",
    "f1/character-regression": "54% 37% -17%",
    "f1/gap-between-sizes": "54% 37% 17%",
    "f1/originality": "2.8 10",
    "f1/unique-ratio": "100%",
    "f1/four-experiments": "4",
    "f2/lr-step-4x": "4x 2e-4 5e-5",
    "f2/lr-step-10x": "10x 5e-5 5e-6",
    "f2/accuracies-agree": "2% 0% 73.5%",
    "f2/scores-fall-at-switch": "0.266 0.000 0.518 0.211",
    "f2/kl-rises-at-switch": "5.4453 0.2299",
    "f2/kl-spike": "361x",
    "f3/roi-attempt-1": "2 h|-0.5 %/min",
    "f3/roi-attempt-2": "33 min|-2.2 %/min",
    "f3/roi-attempt-3": "11 min|-6.6 %/min",
    "f3/roi-attempt-4": "2.6 min|+0.2 %/min",
    "f3/roi-switch": "5 min|+3.8 %/min",
    "f3/total-training-time": "2h 47m|167 min",
    "f3/training-gain": "+0.5% 73% 73.5%",
    "f3/switch-gain": "5 min|+19%|73%|92%",
    "f3/roi-ratio": "38x",
    "f3/size-ratio": "4.5x",
    "f3/smaller-and-better": "92% 61-73%",
    "f4/off-policy-loss": "2321.64 0.269 18.65 0.266",
    "f4/llama-collapse": "50 0.266 0.000",
    "f4/no-recovery": "90 0.1053 0.1299 5.4453 4.3808 0.000",
    "f4/llama-gap": "70x 1 70",
    "f4/qwen-gap": "7.5x 4 30",
    "f4/gap-and-severity": "0.00 0.06-0.21",
    "f4/qwen-upper-end": "0.21",
    "f4/qwen-lower-end": "0.06",
    "f4/mechanism": "5",
    "f5/constant-time": "11",
    "f5/advantage-n10": "9x 549x",
    "f5/advantage-n100": "27x 909x+",
    "f5/advantage-n500": "41x 4545x+",
    "f5/effect-size-rl-eoe-n10": "-8.2",
    "f5/effect-size-rl-step-n10": "-15.3",
    "f5/effect-size-rl-eoe-n100": "-12.1",
    "f5/effect-size-sign": "-8.2",
    "f5/p-values": "< 0.001|",
    "f5/supervised-exponent": "0.00",
    "f5/supervised-r-squared": "0.999",
    "f5/rl-eoe-exponent": "0.35",
    "f5/rl-eoe-r-squared": "0.892",
    "f5/rl-step-exponent": "1.05",
    "f5/rl-step-r-squared": "0.967",
    "f5/headline-909-percent": "909%",
    "f5/rl-909-times-worse": "909x 909% 9.09x",
    "all/projects-analysed": "6",
    "all/evaluations-catalogued": "250+",
    "all/key-number-1": "40% 95%",
    "all/key-number-2": "5e-5 5e-6",
    "all/key-number-3": "38x|19%|5 min|0.5%|167 min",
    "all/key-number-4": "50 361x",
    "all/key-number-5": "909%|11|10,000+",
}
"""What a claim states, by claim: split at spaces, or at bars where a figure has a space in it."""

IN_THE_DATA = {
    "amd-hackathon/attempts.csv": "2e-4 128 5000 2% 10000000 5e-5 64 6000 0% 5e-6 32 100 73.5%",
    "amd-hackathon/approaches.csv": "2h 0-3% -0.5 -2.2 -6.6 0.2 3.8 92%",
    "amd-hackathon/cases.csv": "73% 73.5% 92%",
    "amd-hackathon/models.csv": "7 32 61-73%",
    "open-character/success.csv": "~40% ~95% 54% 37% 3B 8B V2",
    "gan-jokes/outputs.csv": "2.8 10 100",
    "hybrid-distillation/transition.csv": "40 50 0.266 0.000 0.518 0.211 0 5.4453 0.2299",
    "hybrid-distillation/kl-before.csv": "0.015",
    "hybrid-distillation/gap-severity.csv": "70x 1 70 0.00 7.5x 4 30 0.06-0.21",
    "hybrid-distillation/llama-seed8.log": "2321.64 0.269 18.65 0.266 0.1053 0.000 5.4453 0.1299 4.3808",
    "memorization/episodes.csv": "10 11 101 6040 100 301 10,000+ 500 451 50,000+",
    "memorization/statistics.csv": "-8.2 -15.3 -12.1 0.001",
    "memorization/scaling.csv": "0.00 0.999 O(1) 0.35 0.892 O(n^0.35) 1.05 0.967 O(n)",
    "overview/findings.csv": "40% 95% 5e-5 5e-6 19%/5min 0.5%/167min 50 361x 11 10,000+",
    "overview/capability-grid.csv": "1B 3B 8B",
}
"""The printed figures of each table, by the evidence file that carries them."""

IN_WORDS = {
    "f3/switching-beats-training": "80%",
    "f5/effect-size-sign": "8.0",
    "f5/constant-time": "O(1)",
    "f5/rl-step-linear": "O(n)",
}
"""Figures that are a condition or a class rather than a measurement, by the claim whose text has them."""


def figures(text: str) -> list[str]:
    """The figures of one line of the tables above."""
    return [part for part in (text.split("|") if "|" in text else text.split()) if part]
