"""Runs what LiteLLM has for telling prompts apart without a model: its rule scorer, its request types, and its
forecast by request type. Reads one JSON string a line, writes one JSON object a line, then one with the times."""

import json
import logging
import os
import sys
import time

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
logging.disable(logging.CRITICAL)

from importlib.metadata import version

from litellm.router_strategy.adaptive_router.classifier import classify_prompt
from litellm.router_strategy.complexity_router.complexity_router import ComplexityRouter
from litellm.router_strategy.complexity_router.tier_predictor import (
    TierSuccessPredictor,
    resolve_tier_artifact,
)

rules = ComplexityRouter(model_name="rules", litellm_router_instance=None)
forecast = TierSuccessPredictor(resolve_tier_artifact("ultrafeedback"))
texts = [json.loads(line) for line in sys.stdin]
rounds = int(sys.argv[1])


def timed(run):
    """What `run` gives for each text, and the microseconds a text in the quickest round."""
    best = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        found = [run(text) for text in texts]
        best = min(best, time.perf_counter() - began)
    return found, 1e6 * best / max(1, len(texts))


scores, rule_time = timed(lambda text: rules.classify(text)[1])
types, type_time = timed(classify_prompt)
chances, chance_time = timed(lambda text: forecast.predict(text, classify_prompt(text)).probabilities[1])
for score, kind, chance in zip(scores, types, chances):
    print(json.dumps({"rules": score, "type": kind.value, "forecast": chance}))
print(
    json.dumps(
        {"version": version("litellm"), "rules": rule_time, "types": type_time, "forecast": chance_time}
    )
)
