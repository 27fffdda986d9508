const notAWord = /[^a-z0-9]+/g;

export const slug = (title: string, limit = 40): string => {
  const words = title.toLowerCase().replace(notAWord, '-');
  return words.replace(/^-|-$/g, '').slice(0, limit);
};
