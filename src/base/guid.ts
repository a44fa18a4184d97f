/** 32 hexadecimal digits in five groups, as Appcircle writes them. */
export function isGuid(text: string): boolean {
  return /^[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/.test(text);
}
