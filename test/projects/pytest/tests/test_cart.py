import pytest

from shop.cart import Cart


def test_add_counts():
    assert Cart().add("pen", 2) == 2


def test_add_refuses_nothing():
    with pytest.raises(ValueError):
        Cart().add("pen", 0)
