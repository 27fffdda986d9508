/** Makes a chart one picture with one name for a screen reader; the figures themselves stand in the table behind it. */
export function asPicture(chart: Element, name: string): Element {
  // Its own style element is inline, which the page's policy refuses; panel.css says the same.
  chart.querySelector('style')?.remove();
  for (const part of chart.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  chart.setAttribute('role', 'img');
  chart.setAttribute('aria-label', name);
  return chart;
}
