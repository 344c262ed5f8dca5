"""What can go wrong, as exceptions."""

from typing import Any, List, NamedTuple, Tuple


class Diagnostic(NamedTuple):
    """One mistake in what the user wrote."""

    file: str  #: empty where it is of an argument
    line: int  #: from 1; 0 where there is none
    column: int  #: from 1; 0 where there is none
    path: str  #: dotted path of the value, such as ``migrations[0].share``, or the argument
    problem: str  #: what is wrong, with the value
    hint: str  #: what to write instead; may be empty


class UserError(ValueError):
    """Mistakes in a scenario, a study or an argument: all that could be found at once, in ``diagnostics``."""

    def __init__(self, text: str, diagnostics: List[Diagnostic]) -> None:
        super().__init__(text)
        self.diagnostics = diagnostics

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.args[0], self.diagnostics)


class EnvironmentFailure(OSError):
    """The surroundings deny something: a full disk, a file that may not be read."""


class FailedAudit(RuntimeError):
    """The simulation contradicts itself, which ``failures`` (texts) say; there are no results."""

    def __init__(self, text: str, failures: List[str]) -> None:
        super().__init__(text)
        self.failures = failures

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.args[0], self.failures)


class ContractViolation(RuntimeError):
    """A bug in Pishkhan."""
