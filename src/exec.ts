/** What starts processes: a bundle of its own, `dist/exec.js`, which only a run that uses the Appcircle CLI loads and reads. */
export { getExecOutput } from '@actions/exec';
export { which } from '@actions/io';
