"""Arguments of the package's functions, checked: what is wrong with one is a UserError."""

import datetime
import json
import operator
import os
from typing import Any, Callable, Iterable, List, NoReturn, Optional, Union

from ._errors import Diagnostic, UserError

PathLike = Union[str, "os.PathLike[str]"]
#: Called some ten times a second with the steps done, and all that are known of: days of replications (of an
#: unbroken run whole replications), or points of a study. What is done never falls; what is known of may grow.
Progress = Callable[[int, int], None]


def refuse(argument: str, problem: str, hint: str = "") -> NoReturn:
    text = f"{argument}: {problem}" + (f" ({hint})" if hint else "")
    raise UserError(text, [Diagnostic("", 0, 0, argument, problem, hint)])


def shown(value: Any) -> str:
    text = repr(value)
    return f"`{text if len(text) <= 60 else text[:57] + '...'}`"


def path(value: Any, argument: str) -> str:
    try:
        return os.fsdecode(value)
    except TypeError:
        refuse(argument, f"{shown(value)} is no path", "a str or a pathlib.Path")


def whole(value: Any, argument: str) -> int:
    try:
        if isinstance(value, bool):
            raise TypeError
        return operator.index(value)
    except TypeError:
        refuse(argument, f"{shown(value)} is no whole number", "an int")


def number(value: Optional[int], argument: str) -> str:
    """A whole number as the program reads it; empty for None."""
    return "" if value is None else str(whole(value, argument))


def threads(value: Optional[int]) -> int:
    if value is None:
        return len(os.sched_getaffinity(0))
    count = whole(value, "threads")
    most = 4096
    if not 1 <= count <= most:
        refuse("threads", f"{count} threads", f"1 to {most}")
    return count


def texts(value: Iterable[str], argument: str, example: str) -> List[str]:
    """A list of texts, and not a text, which Python takes for a list of letters."""
    hint = f"a list, such as {argument}=[{example}]"
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        refuse(argument, f"{shown(value)} is no list", hint)
    items = list(value)
    for item in items:
        if not isinstance(item, str):
            refuse(argument, f"{shown(item)} in the list is no text", hint)
    return items


def flag(value: Any, argument: str) -> bool:
    if not isinstance(value, bool):
        refuse(argument, f"{shown(value)} is no truth value", "True or False")
    return value


def share_of_visits(value: Union[None, bool, str]) -> str:
    """As the program reads `output.visits`; empty for None."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "all", False: "none"}[value]
    if not isinstance(value, str):
        refuse("visits", f"{shown(value)} is no share", "True, False, or a text such as '1%'")
    return value


def callback(value: Optional[Progress]) -> Optional[Progress]:
    if value is not None and not callable(value):
        refuse("progress", f"{shown(value)} cannot be called", "a function of two numbers")
    return value


def yaml(value: Any, argument: str) -> str:
    """A value as YAML; a text stays as it is written, so that ``"80%"`` and ``"5 min"`` mean what they say."""
    if isinstance(value, str):
        return value

    def convert(other: Any) -> Any:
        if isinstance(other, datetime.date):
            return other.isoformat()
        if isinstance(other, os.PathLike):
            return os.fspath(other)
        if hasattr(other, "item"):  # numbers and arrays of numpy
            return other.tolist()
        raise TypeError

    try:
        # The words of YAML for numbers that are none are not JSON's, and no value of a scenario.
        return json.dumps(value, ensure_ascii=False, default=convert, allow_nan=False)
    except (TypeError, ValueError):
        refuse(argument, f"{shown(value)} cannot be written as YAML",
               "a text, a number, a truth value, a date, or a list or dictionary of these")
