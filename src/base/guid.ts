/** Whether text is a GUID as Appcircle writes them: 32 hexadecimal digits in five groups. */
export function isGuid(text: string): boolean {
  // Most texts that this is asked of have another length, which spares them the expression.
  return text.length === 36 && /^[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/.test(text);
}
