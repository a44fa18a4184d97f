/**
 * Ends the process now, with `process.exitCode`. `process.exit` alone would wait for a name look-up that nobody answers: it runs in a
 * thread that can't be stopped, for as long as the resolver is patient (10 s and more with glibc's defaults), past every deadline.
 */
export function exit(): never {
  if (process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap')) dropEverything(Number(process.exitCode));
  process.exit();
}

function dropEverything(code: number): void {
  // Windows has no execve; there TerminateProcess, which this calls, makes the exit code 1 (libuv, uv_kill).
  if (process.platform === 'win32') process.kill(process.pid, 'SIGKILL');
  // Another program takes the place of this one, its threads included (Node 24, process.execve).
  else process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`], {});
}
