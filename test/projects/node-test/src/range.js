export function range(start, end, step = 1) {
  if (step <= 0) throw new RangeError('step must be above 0');
  const numbers = [];
  for (let number = start; number < end; number += step) numbers.push(number);
  return numbers;
}

export function sum(numbers) {
  return numbers.reduce((all, number) => all + number, 0);
}
