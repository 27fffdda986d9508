function capitalize(word) {
  if (word === '') return '';
  return word[0].toUpperCase() + word.slice(1);
}

function initials(name) {
  return name
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => part[0].toUpperCase())
    .join('');
}

module.exports = { capitalize, initials };
