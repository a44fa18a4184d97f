/** Whether text is a GUID as Appcircle writes them: 32 hexadecimal digits in five groups. */
export function isGuid(text: string): boolean {
  return /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text);
}
