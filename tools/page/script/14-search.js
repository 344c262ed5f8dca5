// Search that does not mind how something was typed: Arabic or Persian letters, marks, half-spaces, digits, capitals.
const sameLetters = {"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و"};

function fold(text) {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[يىئكةۀأإآٱؤ]/g, (letter) => sameLetters[letter])
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u2066-\u2069\s_'’-]/g, "");
}

// Whether a folded text has all the words that were typed.
function wordsOf(query) {
  return query.split(/\s+/).map(fold).filter((word) => word !== "");
}

function matches(folded, words) {
  return words.every((word) => folded.includes(word));
}
