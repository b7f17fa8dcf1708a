/** With which editors of Windows begin a file in UTF-8, one byte a character: it says nothing. */
export const byteOrderMark = '\u00ef\u00bb\u00bf';
