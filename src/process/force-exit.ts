/**
 * Ends the process with `process.exitCode`, once all is written. `process.exit` waits for a name look-up that nobody answers, in a thread
 * that can't be stopped (10 s and more with glibc's defaults), so a run that failed kills itself instead.
 */
export function exit(): never {
  const isLookingUp = process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap');
  // On Windows this is TerminateProcess, with the exit code 1 (libuv, uv_kill). The first process of a container ignores it.
  if (isLookingUp && process.exitCode !== 0) process.kill(process.pid, 'SIGKILL');
  process.exit();
}
