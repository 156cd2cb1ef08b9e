/** Puts a text on the clipboard; false where the browser refuses (no secure page, no permission). */
export const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
