# typing at run time: generics, protocols, NamedTuple, TypedDict, get_type_hints, cast, repr of types.
import typing
from typing import *

T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, v: T): self.v = v


class Name(NamedTuple):
    first: str
    age: int = 5


class TD(TypedDict, total=False):
    a: int


@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...


print(Box[int], Box[int](3).v, Optional[int], Union[int, str, int], List[int], Dict[str, Any], Callable[[int], str],
      Tuple[int, ...], Literal["a", 1], Type[int], T, Box[T][int], Annotated[int, "meta"])
print(Name("x"), Name("x", 1)._asdict(), Name._field_defaults, TD(a=1), TD.__total__, isinstance([], HasLen),
      isinstance(5, HasLen), cast(int, "5"), get_args(Dict[str, int]), get_origin(List[int]), get_origin(int | str),
      Optional[int] == Union[int, None])


def f(a: int, b: "Optional[str]" = None, *c: float) -> List[int]: ...


print(get_type_hints(f), f.__annotations__, NewType("U", int)(5), NewType("U", int).__name__, typing.TYPE_CHECKING, Any,
      NoReturn, get_type_hints(Name))


@overload
def g(x: int) -> int: ...
@overload
def g(x: str) -> str: ...
def g(x): return x


@final
class Fin: pass


print(g(5), Fin.__final__, Generic, Box.__parameters__, Box.__orig_bases__, isinstance(Box(1), Box), ClassVar[int],
      Final[str], Iterable[int], Self)
for e in ("List[int]()", "Union[5]", "Optional[1]", "Box[int, str]", "isinstance([], List[int])", "Generic[int]",
        "TypeVar('T', int)", "Callable[int, str]", "isinstance(1, HasLen[int])", "Literal[1]()", "Any()",
        "Tuple[int][str]"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
