type KeyPress = { key?: string; code?: string; isComposing?: boolean; keyCode?: number };
type KeyEvent = KeyPress & { nativeEvent?: KeyPress };

const composing = 229;

/** The key that was pressed; undefined while text is being composed, and for the events that autofill makes without a key. */
export function pressedKey(event: KeyEvent): string | undefined {
  const { key, isComposing, keyCode } = event.nativeEvent ?? event;
  return isComposing || keyCode === composing ? undefined : key;
}

/** Whether a letter was pressed: by what the key writes on a Latin layout, by its place on the keyboard on any other. */
export function isLetter(event: KeyEvent, letter: string): boolean {
  const key = pressedKey(event);
  if (key === undefined) return false;
  if (/^[a-z]$/i.test(key)) return key.toLowerCase() === letter;
  return (event.nativeEvent ?? event).code === `Key${letter.toUpperCase()}`;
}
