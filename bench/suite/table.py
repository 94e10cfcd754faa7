"""The programs by group, each with its small size: what CPython does in about a tenth of a second.

Warm-up curves, --quick and the tests run small sizes; the full size stands in the program's last line.
"""
import functools

from .engines import source_of

GROUPS = {
    "numeric loops": {
        "int_loop_modulo": 37000, "collatz": 150000, "integer_mixing": 180000, "sieve": 510000, "mandelbrot": 200,
        "nbody": 25000, "spectral_norm": 130, "matrix_multiply": 95, "fft": 37, "floyd_warshall": 120,
        "chaos_game": 60000, "random_branches": 460000,
    },
    "calls and recursion": {
        "fib": 30, "tak": 71, "ackermann": 96, "higher_order": 2100, "nqueens": 10, "permutations": 8,
    },
    "objects and polymorphism": {
        "attribute_update": 2100, "method_calls": 96000, "polymorphic_calls": 3100, "operator_overloading": 18000,
        "properties": 13000, "dataclass_objects": 7600, "richards": 23000, "deltablue": 2900, "raytrace": 67,
    },
    "closures, kwargs, decorators": {
        "closure_calls": 110000, "keyword_calls": 33000, "decorators": 67000,
    },
    "generators and async": {
        "generator_pipeline": 250000, "yield_from_tree": 440, "async_tasks": 980,
    },
    "exceptions and contexts": {
        "exceptions": 120000, "context_managers": 15000,
    },
    "strings and formatting": {
        "string_building": 57000, "str_methods": 1300, "formatting": 14000, "word_count": 120000, "levenshtein": 140,
    },
    "dict, set, list, sort": {
        "dict_ops": 130000, "set_algebra": 3100, "list_methods": 1400, "sort_keys": 14000, "life": 490,
        "dijkstra": 3500, "knapsack_dp": 150, "fannkuch": 1,
    },
    "bytes and struct": {
        "base64_codec": 170000, "huffman": 130000, "checksums": 820, "struct_records": 2800,
    },
    "big ints": {
        "pi_digits": 1500, "rsa": 13, "big_sums": 430,
    },
    "allocation and collection": {
        "binary_trees": 14, "object_churn": 6400, "nested_data": 140,
    },
    "applications": {
        "bytecode_vm": 350, "brainfuck": 19, "lisp": 27, "lexer": 1200, "json_parser": 2100, "template_engine": 1000,
        "router": 27000, "rule_engine": 130, "scheduler": 5300, "event_loop": 58000, "state_machine": 2600,
        "lru_cache": 100000, "text_diff": 800, "sudoku": 5, "hexiom_solver": 66, "go_playout": 63,
    },
    "library": {
        "lib_regex": 300, "lib_json": 650, "lib_pickle": 250, "lib_collections": 4000, "lib_itertools": 2200,
        "lib_datetime": 7700, "lib_decimal": 1200, "lib_text": 320, "lib_csv": 900, "lib_argparse": 77,
    },
    "cliffs": {
        "cliff_megamorphic": 1500, "cliff_many_functions": 400, "cliff_short_loops": 81000,
        "cliff_alternating": 270000, "cliff_huge_function": 240, "cliff_deep_recursion": 300, "cliff_cold_code": 680,
        "cliff_type_unstable": 130000, "cliff_changing_globals": 23000, "cliff_interpreter_loop": 150,
    },
}


@functools.cache
def default_size(program):
    """The N of the program's closing line `main(run, N)`."""
    with open(source_of(program, "python"), encoding="utf-8") as file:
        line = file.read().strip().splitlines()[-1].strip()
    return int(line.removeprefix("main(run, ").removesuffix(")").replace("_", ""))
