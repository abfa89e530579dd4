"""Records of the programme desk, one idea a file."""

from pandok.fields.programme.models.problems import FieldProblem, ProblemEvent, ProblemShare

__all__ = ["FieldProblem", "ProblemEvent", "ProblemShare"]
