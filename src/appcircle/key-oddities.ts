import { joined, type Message, message, type Words, words } from '../base/message.ts';
import { withoutInvisible } from '../base/text.ts';
import { type Credential, secretInputOf } from './credentials.ts';

/** Says what is odd about a key that the server rejected, as where it was copied badly. Shows nothing of it. */
export function describeOddity(credential: Credential): Message | undefined {
  const oddities: Message[] = [];
  for (const [input, text] of inputsOf(credential)) {
    const oddity = oddityOf(text, input === secretInputOf(credential));
    if (oddity) oddities.push(message`${input} ${oddity}.`);
  }
  if (oddities.length === 0) return undefined;
  return joined(oddities);
}

function inputsOf(credential: Credential): [input: string, text: string][] {
  if (credential.type === 'personal-access-key') return [['personal-access-key', credential.key]];
  return [
    ['api-key-name', credential.name],
    ['api-key-secret', credential.secret],
  ];
}

function oddityOf(text: string, isKey: boolean): Words | undefined {
  if (/^(["'`]).*\1$|^[“„‘].*[”“’]$/s.test(text)) return words`has quotes around it: remove them`;
  if (text.includes('***'))
    return words`has "***" in it, which a log shows in the place of a secret: copy it from where it was made`;
  if (text.includes('${{'))
    return words`has an expression ("\${{") in it that was not evaluated: write the expression in the workflow file`;
  if (/[\r\n]/.test(text)) return words`has a line break in it: give it on one line`;
  if (/[^\S ]/.test(text) || withoutInvisible(text) !== text)
    return words`has an invisible character or an unusual space in it: copy it again, or type it by hand`;
  if (/^(Bearer )?eyJ[\w-]*(\.[\w-]*){2,4}$/.test(text))
    return words`is an access token (JWT): give the key, which the action exchanges for one`;
  if (isKey && text.includes(' ')) return words`has a space in it: remove it`;
  return undefined;
}
