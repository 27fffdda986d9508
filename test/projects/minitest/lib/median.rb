def median(numbers)
  sorted = numbers.sort
  sorted[sorted.length / 2]
end
