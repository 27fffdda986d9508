import unittest

from tides import is_high


class TestLevels(unittest.TestCase):
    def test_four_metres_are_high(self):
        self.assertTrue(is_high(4))
