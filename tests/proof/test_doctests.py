import doctest
import importlib
import pkgutil

import pytest

import pandok.proof

MODULES = sorted(module.name for module in pkgutil.walk_packages(pandok.proof.__path__, "pandok.proof."))


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_metrics_have_examples():
    finder = doctest.DocTestFinder()
    with_examples = {
        test.name.rsplit(".", 1)[1]
        for name in MODULES
        for test in finder.find(importlib.import_module(name), name)
        if test.examples
    }
    assert with_examples >= {"recall_at_k", "auroc", "dir_at_false_alarm", "expected_calibration_error"}
