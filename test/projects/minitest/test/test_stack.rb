require 'minitest/autorun'
require_relative '../lib/stack'

class TestStack < Minitest::Test
  def test_push
    assert_equal 1, Stack.new.push(1).peek
  end
end
