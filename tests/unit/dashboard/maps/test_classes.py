import math

import pandas as pd
import pytest

from dashboard.maps.classes import (
    DIVERGING,
    HIDDEN_COLOUR,
    NO_DATA_COLOUR,
    RAMP,
    STRONG,
    classify,
    classify_change,
    strong,
)


def labels(classes) -> list[str]:
    return [entry.label for entry in classes.legend]


def test_values_fall_into_five_classes_from_little_to_much() -> None:
    classes = classify(pd.Series([10.0, 1, 9, 2, 8, 3, 7, 4, 6, 5]), lang="uk")
    assert labels(classes) == ["1 – 2", "3 – 4", "5 – 6", "7 – 8", "9 – 10"]
    assert [entry.colour for entry in classes.legend] == list(RAMP)
    assert classes.colours[0] == RAMP[4]
    assert classes.colours[1] == RAMP[0]


@pytest.mark.parametrize(
    ("count", "steps"), [(1, [2]), (2, [1, 3]), (3, [0, 2, 4]), (4, [0, 1, 3, 4]), (5, [0, 1, 2, 3, 4])]
)
def test_fewer_values_make_fewer_classes_that_stay_apart(count: int, steps: list[int]) -> None:
    classes = classify(pd.Series(range(count), dtype="float64"), lang="uk")
    assert [entry.colour for entry in classes.legend] == [RAMP[step] for step in steps]
    assert labels(classes) == [str(value) for value in range(count)]


def test_equal_values_are_never_parted() -> None:
    classes = classify(pd.Series([0.0, 0, 0, 0, 5, 9]), lang="uk", most=2)
    assert len(set(classes.colours[:4])) == 1
    assert labels(classes) == ["0", "5 – 9"]


SKEWED = pd.Series([1.0, 2, 3, 10, 11, 12, 90, 91, 400, 401])


def test_natural_breaks_keep_together_what_is_close() -> None:
    classes = classify(SKEWED, lang="uk", most=4)
    assert labels(classes) == ["1 – 3", "10 – 12", "90 – 91", "400 – 401"]
    assert classes.way == "natural"


def test_quantiles_put_as_many_in_each_class_and_equal_classes_have_one_width() -> None:
    quantiles = classify(SKEWED, lang="uk", method="quantiles")
    assert labels(quantiles) == ["1 – 2", "3 – 10", "11 – 12", "90 – 91", "400 – 401"]
    equal = classify(SKEWED, lang="uk", method="equal")
    assert labels(equal) == ["1 – 12", "90 – 91", "400 – 401"]
    assert (quantiles.way, equal.way) == ("quantiles", "equal")


@pytest.mark.parametrize(("count", "way"), [(5, "single"), (6, "natural"), (200, "natural"), (201, "quantiles")])
def test_how_classes_are_made_follows_the_number_of_values(count: int, way: str) -> None:
    assert classify(pd.Series(range(count), dtype="float64"), lang="uk").way == way


def test_a_change_has_zero_apart_and_the_same_breaks_on_both_sides() -> None:
    classes = classify_change(pd.Series([-30.0, -2, 0, 1, 2, 31, math.nan]), lang="uk")
    assert labels(classes) == ["−30", "−2", "0", "+1 … +2", "+31", "немає даних"]
    assert [entry.colour for entry in classes.legend] == [*DIVERGING, NO_DATA_COLOUR]
    assert classes.colours[1] != classes.colours[4]


def test_what_rounds_to_zero_is_no_change_and_without_it_there_is_no_zero() -> None:
    assert labels(classify_change(pd.Series([0.4, -0.4, 3.0]), lang="uk")) == ["0", "+3"]
    assert labels(classify_change(pd.Series([0.4, -0.4, 3.0]), lang="uk", decimals=1)) == ["−0,4", "+0,4", "+3,0"]
    assert labels(classify_change(pd.Series([5.0, -5.0]), lang="uk")) == ["−5", "+5"]
    assert labels(classify_change(pd.Series([0.0, 0.0]), lang="uk")) == ["0"]
    assert classify_change(pd.Series(dtype="float64"), lang="uk").legend == ()


def test_a_hidden_change_is_neither_zero_nor_missing() -> None:
    classes = classify_change(pd.Series([1.0, 999.0]), lang="uk", is_hidden=pd.Series([False, True]))
    assert classes.colours[1] == HIDDEN_COLOUR
    assert labels(classes) == ["+1", "приховано"]


def test_values_that_are_written_alike_share_a_class() -> None:
    made = classify(pd.Series([0.25, 1.36, 1.44, 2.0]), lang="uk", unit="number")
    assert made.colours[1] == made.colours[2]
    assert [entry.label for entry in made.legend] == ["0,3", "1,4", "2,0"]


def test_missing_and_hidden_values_have_classes_of_their_own() -> None:
    values = pd.Series([4.0, math.nan, 777.0])
    classes = classify(values, lang="uk", is_hidden=pd.Series([False, False, True]))
    assert classes.colours[1:] == (NO_DATA_COLOUR, HIDDEN_COLOUR)
    assert labels(classes) == ["4", "немає даних", "приховано"]


def test_a_hidden_value_moves_no_border_of_a_class() -> None:
    hidden = classify(pd.Series([4.0, 5.0, 777.0]), lang="uk", is_hidden=pd.Series([False, False, True]))
    without = classify(pd.Series([4.0, 5.0]), lang="uk")
    assert hidden.legend[:2] == without.legend
    assert not any("777" in label for label in labels(hidden))


def test_complete_values_have_no_line_for_missing_ones() -> None:
    assert "немає даних" not in labels(classify(pd.Series([4.0]), lang="uk"))


def test_a_legend_is_written_in_language_and_unit() -> None:
    assert labels(classify(pd.Series([1200.0, 3400.0]), lang="en", most=1)) == ["1,200 – 3,400"]
    assert labels(classify(pd.Series([12.0, 12.4]), lang="uk", unit="percent", most=1)) == ["12\u00a0%"]


def test_integers_with_missing_values_are_taken() -> None:
    assert labels(classify(pd.Series([4, None], dtype="Int64"), lang="en")) == ["4", "no data"]


def test_no_values_make_no_classes() -> None:
    classes = classify(pd.Series(dtype="float64"), lang="uk")
    assert classes.colours == ()
    assert classes.legend == ()


@pytest.mark.parametrize("most", [0, 6])
def test_a_number_of_classes_out_of_range_is_refused(most: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        classify(pd.Series([1.0]), lang="uk", most=most)


def test_strong_colours_keep_the_classes_and_are_further_apart() -> None:
    usual = classify(pd.Series([1.0, 2.0, 3.0, 4.0, 5.0, math.nan]), lang="uk")
    made = strong(usual)
    assert [entry.label for entry in made.legend] == [entry.label for entry in usual.legend]
    assert made.way == usual.way
    assert made.colours == (*STRONG, NO_DATA_COLOUR)
    assert [entry.colour for entry in made.legend] == [*STRONG, NO_DATA_COLOUR]
    change = classify_change(pd.Series([-5.0, 0.0, 5.0]), lang="uk")
    assert strong(change) == change
