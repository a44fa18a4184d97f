(() => {
	'use strict';
	var __nccwpck_require__ = {};
	(() => {
		__nccwpck_require__.d = (exports, definition) => {
			for (var key in definition)
				if (__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key))
					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
		};
	})();
	(() => {
		__nccwpck_require__.o = (obj, prop) => Object.prototype.hasOwnProperty.call(obj, prop);
	})();
	(() => {
		__nccwpck_require__.r = (exports) => {
			if (typeof Symbol !== 'undefined' && Symbol.toStringTag) Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
			Object.defineProperty(exports, '__esModule', { value: true });
		};
	})();
	var __webpack_exports__ = {};
	__nccwpck_require__.r(__webpack_exports__);
	__nccwpck_require__.d(__webpack_exports__, { checkCli: () => checkCli, logIn: () => logIn, logOutEarlier: () => logOutEarlier });
	const external_node_fs_namespaceObject = require('node:fs');
	const external_node_path_namespaceObject = require('node:path');
	// CONCATENATED MODULE: ./build/appcircle/token-variable.js
	/** The variable that has the token: in the environment of later steps, and in the configuration of the Appcircle CLI. */
	const TOKEN_VARIABLE = 'AC_ACCESS_TOKEN';
	// CONCATENATED MODULE: ./build/base/foreign.js
	/**
	 * A text that a server, the Appcircle CLI or Node wrote, or that may be a key in the wrong place. A `Message` shows the words of it
	 * alone, see src/secrets/words.ts. Only what judges answers, errors and output reads `raw` (scripts/check-house.ts).
	 */
	class foreign_Foreign {
		raw;
		constructor(raw) {
			this.raw = raw;
		}
		/** Shows nothing, in case it gets into a text by accident. */ toString() {
			return '\u2026';
		}
	}
	// CONCATENATED MODULE: ./build/base/errors.js
	/** The `code` of one of Node's errors, such as `ECONNRESET`; empty where there is none. Anything may be thrown, `undefined` too. */
	function codeOf(thrown) {
		const { code } = Object(thrown);
		if (typeof code !== 'string') return '';
		return /^[A-Z][A-Z\d_]*$/.test(code) ? code : '';
	}
	/** What an error says, or its code. Node quotes servers in it. */ function errorText(thrown) {
		const { message } = Object(thrown);
		if (typeof message !== 'string') return new foreign_Foreign(String(thrown));
		// Without the numbers and the file in `error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/x.c:77:`.
		const [, openssl] = /:error:\w+:[^:]*:[^:]*:([^:]+):/.exec(message) ?? [];
		return new foreign_Foreign(openssl || message || codeOf(thrown));
	}
	// CONCATENATED MODULE: ./build/base/message.js
	/**
	 * A sentence that keeps its own words and its values apart, so that whoever shows it can make the values safe. `Log` and `Failure` take
	 * nothing else: text put together by hand does not compile.
	 */
	class Message {
		// TypeScript's private, not #private: to Jest, objects with #private fields are all equal.
		words;
		values;
		constructor(words, values) {
			this.words = words;
			this.values = values;
		}
		/** @param own escapes the message's own words, where that is needed */ show(safe, own = (words) => words) {
			let shown = '';
			for (const [index, words] of this.words.entries()) {
				shown += own(words);
				const value = this.values[index];
				if (value !== void 0) shown += showValue(value, safe, own);
			}
			return shown;
		}
		/** Shows no value, in case a message is printed by accident. */ toString() {
			return this.show(() => '\u2026');
		}
	}
	function showValue(value, safe, own) {
		if (typeof value === 'number') return String(value);
		// Not `instanceof`: dist/cli.js has classes Message and Foreign of its own.
		if (typeof value === 'object' && 'show' in value) return value.show(safe, own);
		return safe(value);
	}
	/** message`${host} answered HTTP ${status}.` */ function message_message(words, ...values) {
		return new Message(words, values);
	}
	/** Likewise, but a value from elsewhere does not compile. */ function message_words(own, ...values) {
		return new Message(own, values);
	}
	/** Not `instanceof`: dist/cli.js has a class Failure of its own. */
	function isFailure(thrown) {
		return Object(thrown).name === 'Failure';
	}
	/** Why a run stops. Made where the reason is known, shown in one place. */ class Failure extends Error {
		name = 'Failure';
		title;
		reason;
		remedy;
		details;
		constructor(title, reason, remedy, details = {}) {
			// The title alone: an error may be printed by code that makes nothing safe.
			super(title);
			this.title = title;
			this.reason = reason;
			this.remedy = remedy;
			this.details = details;
		}
		/** Adds to the reason, and gives up on retries. */ withMore(more, remedy = this.remedy) {
			return new Failure(this.title, message_message`${this.reason} ${more}`, remedy);
		}
	}
	const external_os_namespaceObject = require('os');
	const external_events_namespaceObject = require('events');
	const external_child_process_namespaceObject = require('child_process');
	const external_path_namespaceObject = require('path');
	const external_fs_namespaceObject = require('fs');
	// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io-util.js
	var __awaiter = function (thisArg, _arguments, P, generator) {
		function adopt(value) {
			return value instanceof P
				? value
				: new P(function (resolve) {
						resolve(value);
					});
		}
		return new (P || (P = Promise))(function (resolve, reject) {
			function fulfilled(value) {
				try {
					step(generator.next(value));
				} catch (e) {
					reject(e);
				}
			}
			function rejected(value) {
				try {
					step(generator['throw'](value));
				} catch (e) {
					reject(e);
				}
			}
			function step(result) {
				result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
			}
			step((generator = generator.apply(thisArg, _arguments || [])).next());
		});
	};
	const { readdir, stat } = external_fs_namespaceObject.promises;
	const IS_WINDOWS = process.platform === 'win32';
	function exists(fsPath) {
		return __awaiter(this, void 0, void 0, function* () {
			try {
				yield stat(fsPath);
			} catch (err) {
				if (err.code === 'ENOENT') return false;
				throw err;
			}
			return true;
		});
	}
	function isRooted(p) {
		p = normalizeSeparators(p);
		if (!p) throw new Error('isRooted() parameter "p" cannot be empty');
		if (IS_WINDOWS) return p.startsWith('\\') || /^[A-Z]:/i.test(p);
		return p.startsWith('/');
	}
	function tryGetExecutablePath(filePath, extensions) {
		return __awaiter(this, void 0, void 0, function* () {
			let stats;
			try {
				stats = yield stat(filePath);
			} catch (err) {
				if (err.code !== 'ENOENT') console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
			}
			if (stats && stats.isFile())
				if (IS_WINDOWS) {
					const upperExt = external_path_namespaceObject.extname(filePath).toUpperCase();
					if (extensions.some((validExt) => validExt.toUpperCase() === upperExt)) return filePath;
				} else if (isUnixExecutable(stats)) return filePath;
			const originalFilePath = filePath;
			for (const extension of extensions) {
				filePath = originalFilePath + extension;
				stats = void 0;
				try {
					stats = yield stat(filePath);
				} catch (err) {
					if (err.code !== 'ENOENT') console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
				}
				if (stats && stats.isFile())
					if (IS_WINDOWS) {
						try {
							const directory = external_path_namespaceObject.dirname(filePath);
							const upperName = external_path_namespaceObject.basename(filePath).toUpperCase();
							for (const actualName of yield readdir(directory))
								if (upperName === actualName.toUpperCase()) {
									filePath = external_path_namespaceObject.join(directory, actualName);
									break;
								}
						} catch (err) {
							console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
						}
						return filePath;
					} else if (isUnixExecutable(stats)) return filePath;
			}
			return '';
		});
	}
	function normalizeSeparators(p) {
		p = p || '';
		if (IS_WINDOWS) {
			p = p.replace(/\//g, '\\');
			return p.replace(/\\\\+/g, '\\');
		}
		return p.replace(/\/\/+/g, '/');
	}
	function isUnixExecutable(stats) {
		return (
			(stats.mode & 1) > 0 ||
			((stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid()) ||
			((stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid())
		);
	}
	// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io.js
	var io_awaiter = function (thisArg, _arguments, P, generator) {
		function adopt(value) {
			return value instanceof P
				? value
				: new P(function (resolve) {
						resolve(value);
					});
		}
		return new (P || (P = Promise))(function (resolve, reject) {
			function fulfilled(value) {
				try {
					step(generator.next(value));
				} catch (e) {
					reject(e);
				}
			}
			function rejected(value) {
				try {
					step(generator['throw'](value));
				} catch (e) {
					reject(e);
				}
			}
			function step(result) {
				result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
			}
			step((generator = generator.apply(thisArg, _arguments || [])).next());
		});
	};
	function which(tool, check) {
		return io_awaiter(this, void 0, void 0, function* () {
			if (!tool) throw new Error("parameter 'tool' is required");
			if (check) {
				const result = yield which(tool, false);
				if (!result)
					if (IS_WINDOWS)
						throw new Error(
							`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`,
						);
					else
						throw new Error(
							`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`,
						);
				return result;
			}
			const matches = yield findInPath(tool);
			if (matches && matches.length > 0) return matches[0];
			return '';
		});
	}
	function findInPath(tool) {
		return io_awaiter(this, void 0, void 0, function* () {
			if (!tool) throw new Error("parameter 'tool' is required");
			const extensions = [];
			if (IS_WINDOWS && process.env['PATHEXT'])
				for (const extension of process.env['PATHEXT'].split(external_path_namespaceObject.delimiter)) if (extension) extensions.push(extension);
			if (isRooted(tool)) {
				const filePath = yield tryGetExecutablePath(tool, extensions);
				if (filePath) return [filePath];
				return [];
			}
			if (tool.includes(external_path_namespaceObject.sep)) return [];
			const directories = [];
			if (process.env.PATH) for (const p of process.env.PATH.split(external_path_namespaceObject.delimiter)) if (p) directories.push(p);
			const matches = [];
			for (const directory of directories) {
				const filePath = yield tryGetExecutablePath(external_path_namespaceObject.join(directory, tool), extensions);
				if (filePath) matches.push(filePath);
			}
			return matches;
		});
	}
	const external_timers_namespaceObject = require('timers');
	// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/toolrunner.js
	var toolrunner_awaiter = function (thisArg, _arguments, P, generator) {
		function adopt(value) {
			return value instanceof P
				? value
				: new P(function (resolve) {
						resolve(value);
					});
		}
		return new (P || (P = Promise))(function (resolve, reject) {
			function fulfilled(value) {
				try {
					step(generator.next(value));
				} catch (e) {
					reject(e);
				}
			}
			function rejected(value) {
				try {
					step(generator['throw'](value));
				} catch (e) {
					reject(e);
				}
			}
			function step(result) {
				result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
			}
			step((generator = generator.apply(thisArg, _arguments || [])).next());
		});
	};
	const toolrunner_IS_WINDOWS = process.platform === 'win32';
	class ToolRunner extends external_events_namespaceObject.EventEmitter {
		constructor(toolPath, args, options) {
			super();
			if (!toolPath) throw new Error("Parameter 'toolPath' cannot be null or empty.");
			this.toolPath = toolPath;
			this.args = args || [];
			this.options = options || {};
		}
		_debug(message) {
			if (this.options.listeners && this.options.listeners.debug) this.options.listeners.debug(message);
		}
		_getCommandString(options, noPrefix) {
			const toolPath = this._getSpawnFileName();
			const args = this._getSpawnArgs(options);
			let cmd = noPrefix ? '' : '[command]';
			if (toolrunner_IS_WINDOWS)
				if (this._isCmdFile()) {
					cmd += toolPath;
					for (const a of args) cmd += ` ${a}`;
				} else if (options.windowsVerbatimArguments) {
					cmd += `"${toolPath}"`;
					for (const a of args) cmd += ` ${a}`;
				} else {
					cmd += this._windowsQuoteCmdArg(toolPath);
					for (const a of args) cmd += ` ${this._windowsQuoteCmdArg(a)}`;
				}
			else {
				cmd += toolPath;
				for (const a of args) cmd += ` ${a}`;
			}
			return cmd;
		}
		_processLineBuffer(data, strBuffer, onLine) {
			try {
				let s = strBuffer + data.toString();
				let n = s.indexOf(external_os_namespaceObject.EOL);
				while (n > -1) {
					const line = s.substring(0, n);
					onLine(line);
					s = s.substring(n + external_os_namespaceObject.EOL.length);
					n = s.indexOf(external_os_namespaceObject.EOL);
				}
				return s;
			} catch (err) {
				this._debug(`error processing line. Failed with error ${err}`);
				return '';
			}
		}
		_getSpawnFileName() {
			if (toolrunner_IS_WINDOWS) if (this._isCmdFile()) return process.env['COMSPEC'] || 'cmd.exe';
			return this.toolPath;
		}
		_getSpawnArgs(options) {
			if (toolrunner_IS_WINDOWS)
				if (this._isCmdFile()) {
					let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
					for (const a of this.args) {
						argline += ' ';
						argline += options.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
					}
					argline += '"';
					return [argline];
				}
			return this.args;
		}
		_endsWith(str, end) {
			return str.endsWith(end);
		}
		_isCmdFile() {
			const upperToolPath = this.toolPath.toUpperCase();
			return this._endsWith(upperToolPath, '.CMD') || this._endsWith(upperToolPath, '.BAT');
		}
		_windowsQuoteCmdArg(arg) {
			if (!this._isCmdFile()) return this._uvQuoteCmdArg(arg);
			if (!arg) return '""';
			const cmdSpecialChars = [' ', '\t', '&', '(', ')', '[', ']', '{', '}', '^', '=', ';', '!', "'", '+', ',', '`', '~', '|', '<', '>', '"'];
			let needsQuotes = false;
			for (const char of arg)
				if (cmdSpecialChars.some((x) => x === char)) {
					needsQuotes = true;
					break;
				}
			if (!needsQuotes) return arg;
			let reverse = '"';
			let quoteHit = true;
			for (let i = arg.length; i > 0; i--) {
				reverse += arg[i - 1];
				if (quoteHit && arg[i - 1] === '\\') reverse += '\\';
				else if (arg[i - 1] === '"') {
					quoteHit = true;
					reverse += '"';
				} else quoteHit = false;
			}
			reverse += '"';
			return reverse.split('').reverse().join('');
		}
		_uvQuoteCmdArg(arg) {
			if (!arg) return '""';
			if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) return arg;
			if (!arg.includes('"') && !arg.includes('\\')) return `"${arg}"`;
			let reverse = '"';
			let quoteHit = true;
			for (let i = arg.length; i > 0; i--) {
				reverse += arg[i - 1];
				if (quoteHit && arg[i - 1] === '\\') reverse += '\\';
				else if (arg[i - 1] === '"') {
					quoteHit = true;
					reverse += '\\';
				} else quoteHit = false;
			}
			reverse += '"';
			return reverse.split('').reverse().join('');
		}
		_cloneExecOptions(options) {
			options = options || {};
			const result = {
				cwd: options.cwd || process.cwd(),
				env: options.env || process.env,
				silent: options.silent || false,
				windowsVerbatimArguments: options.windowsVerbatimArguments || false,
				failOnStdErr: options.failOnStdErr || false,
				ignoreReturnCode: options.ignoreReturnCode || false,
				delay: options.delay || 1e4,
			};
			result.outStream = options.outStream || process.stdout;
			result.errStream = options.errStream || process.stderr;
			return result;
		}
		_getSpawnOptions(options, toolPath) {
			options = options || {};
			const result = {};
			result.cwd = options.cwd;
			result.env = options.env;
			result['windowsVerbatimArguments'] = options.windowsVerbatimArguments || this._isCmdFile();
			if (options.windowsVerbatimArguments) result.argv0 = `"${toolPath}"`;
			return result;
		}
		exec() {
			return toolrunner_awaiter(this, void 0, void 0, function* () {
				if (!isRooted(this.toolPath) && (this.toolPath.includes('/') || (toolrunner_IS_WINDOWS && this.toolPath.includes('\\'))))
					this.toolPath = external_path_namespaceObject.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
				this.toolPath = yield which(this.toolPath, true);
				return new Promise((resolve, reject) =>
					toolrunner_awaiter(this, void 0, void 0, function* () {
						this._debug(`exec tool: ${this.toolPath}`);
						this._debug('arguments:');
						for (const arg of this.args) this._debug(`   ${arg}`);
						const optionsNonNull = this._cloneExecOptions(this.options);
						if (!optionsNonNull.silent && optionsNonNull.outStream)
							optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_namespaceObject.EOL);
						const state = new ExecState(optionsNonNull, this.toolPath);
						state.on('debug', (message) => {
							this._debug(message);
						});
						if (this.options.cwd && !(yield exists(this.options.cwd))) return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
						const fileName = this._getSpawnFileName();
						const cp = external_child_process_namespaceObject.spawn(
							fileName,
							this._getSpawnArgs(optionsNonNull),
							this._getSpawnOptions(this.options, fileName),
						);
						let stdbuffer = '';
						if (cp.stdout)
							cp.stdout.on('data', (data) => {
								if (this.options.listeners && this.options.listeners.stdout) this.options.listeners.stdout(data);
								if (!optionsNonNull.silent && optionsNonNull.outStream) optionsNonNull.outStream.write(data);
								stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
									if (this.options.listeners && this.options.listeners.stdline) this.options.listeners.stdline(line);
								});
							});
						let errbuffer = '';
						if (cp.stderr)
							cp.stderr.on('data', (data) => {
								state.processStderr = true;
								if (this.options.listeners && this.options.listeners.stderr) this.options.listeners.stderr(data);
								if (!optionsNonNull.silent && optionsNonNull.errStream && optionsNonNull.outStream) {
									const s = optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream;
									s.write(data);
								}
								errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
									if (this.options.listeners && this.options.listeners.errline) this.options.listeners.errline(line);
								});
							});
						cp.on('error', (err) => {
							state.processError = err.message;
							state.processExited = true;
							state.processClosed = true;
							state.CheckComplete();
						});
						cp.on('exit', (code) => {
							state.processExitCode = code;
							state.processExited = true;
							this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
							state.CheckComplete();
						});
						cp.on('close', (code) => {
							state.processExitCode = code;
							state.processExited = true;
							state.processClosed = true;
							this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
							state.CheckComplete();
						});
						state.on('done', (error, exitCode) => {
							if (stdbuffer.length > 0) this.emit('stdline', stdbuffer);
							if (errbuffer.length > 0) this.emit('errline', errbuffer);
							cp.removeAllListeners();
							if (error) reject(error);
							else resolve(exitCode);
						});
						if (this.options.input) {
							if (!cp.stdin) throw new Error('child process missing stdin');
							cp.stdin.end(this.options.input);
						}
					}),
				);
			});
		}
	}
	function argStringToArray(argString) {
		const args = [];
		let inQuotes = false;
		let escaped = false;
		let arg = '';
		function append(c) {
			if (escaped && c !== '"') arg += '\\';
			arg += c;
			escaped = false;
		}
		for (let i = 0; i < argString.length; i++) {
			const c = argString.charAt(i);
			if (c === '"') {
				if (!escaped) inQuotes = !inQuotes;
				else append(c);
				continue;
			}
			if (c === '\\' && escaped) {
				append(c);
				continue;
			}
			if (c === '\\' && inQuotes) {
				escaped = true;
				continue;
			}
			if (c === ' ' && !inQuotes) {
				if (arg.length > 0) {
					args.push(arg);
					arg = '';
				}
				continue;
			}
			append(c);
		}
		if (arg.length > 0) args.push(arg.trim());
		return args;
	}
	class ExecState extends external_events_namespaceObject.EventEmitter {
		constructor(options, toolPath) {
			super();
			this.processClosed = false;
			this.processError = '';
			this.processExitCode = 0;
			this.processExited = false;
			this.processStderr = false;
			this.delay = 1e4;
			this.done = false;
			this.timeout = null;
			if (!toolPath) throw new Error('toolPath must not be empty');
			this.options = options;
			this.toolPath = toolPath;
			if (options.delay) this.delay = options.delay;
		}
		CheckComplete() {
			if (this.done) return;
			if (this.processClosed) this._setResult();
			else if (this.processExited) this.timeout = (0, external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
		}
		_debug(message) {
			this.emit('debug', message);
		}
		_setResult() {
			let error;
			if (this.processExited)
				if (this.processError)
					error = new Error(
						`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`,
					);
				else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode)
					error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
				else if (this.processStderr && this.options.failOnStdErr)
					error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
			if (this.timeout) {
				clearTimeout(this.timeout);
				this.timeout = null;
			}
			this.done = true;
			this.emit('done', error, this.processExitCode);
		}
		static HandleTimeout(state) {
			if (state.done) return;
			if (!state.processClosed && state.processExited) {
				const message = `The STDIO streams did not close within ${state.delay / 1e3} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
				state._debug(message);
			}
			state._setResult();
		}
	}
	// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/exec.js
	var exec_awaiter = function (thisArg, _arguments, P, generator) {
		function adopt(value) {
			return value instanceof P
				? value
				: new P(function (resolve) {
						resolve(value);
					});
		}
		return new (P || (P = Promise))(function (resolve, reject) {
			function fulfilled(value) {
				try {
					step(generator.next(value));
				} catch (e) {
					reject(e);
				}
			}
			function rejected(value) {
				try {
					step(generator['throw'](value));
				} catch (e) {
					reject(e);
				}
			}
			function step(result) {
				result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
			}
			step((generator = generator.apply(thisArg, _arguments || [])).next());
		});
	};
	function exec(commandLine, args, options) {
		return exec_awaiter(this, void 0, void 0, function* () {
			const commandArgs = argStringToArray(commandLine);
			if (commandArgs.length === 0) throw new Error("Parameter 'commandLine' cannot be null or empty.");
			const toolPath = commandArgs[0];
			args = commandArgs.slice(1).concat(args || []);
			const runner = new ToolRunner(toolPath, args, options);
			return runner.exec();
		});
	}
	const external_node_child_process_namespaceObject = require('node:child_process');
	const external_node_diagnostics_channel_namespaceObject = require('node:diagnostics_channel');
	// CONCATENATED MODULE: ./build/cli/processes.js
	/**
	 * Runs something that starts processes, and kills their process groups afterwards: `appcircle` may be a script whose child would live on and
	 * change environments after the logout. @actions/exec hides its processes, but Node announces each one.
	 */
	async function withoutLeftovers(run) {
		const children = [];
		const adopt = (event) => {
			const { process: child } = event;
			children.push(child);
			const { spawn } = child;
			// @actions/exec has no option for either.
			const ours = {
				// A process group of its own can be killed as a whole (node:child_process, options.detached).
				detached: process.platform !== 'win32',
				// Without an input, a question ends at once.
				stdio: ['ignore', 'pipe', 'pipe'],
			};
			child.spawn = (options) => spawn.call(child, { ...options, ...ours });
		};
		(0, external_node_diagnostics_channel_namespaceObject.subscribe)('child_process', adopt);
		try {
			return await run();
		} finally {
			(0, external_node_diagnostics_channel_namespaceObject.unsubscribe)('child_process', adopt);
			for (const child of children) kill(child);
		}
	}
	/** Kills a child with all that it started. */ function kill({ pid, exitCode }) {
		if (pid === void 0) return;
		if (process.platform === 'win32') {
			// Windows finds children by a parent that still runs.
			if (exitCode !== null) return;
			(0, external_node_child_process_namespaceObject.spawnSync)('taskkill', ['/PID', String(pid), '/T', '/F'], { windowsHide: true });
			return;
		}
		try {
			process.kill(-pid, 'SIGKILL');
		} catch {
			// The group is gone already.
		}
	}
	// CONCATENATED MODULE: ./build/cli/commands.js
	/** Milliseconds to wait for output after a command exited: a child of it may hold the output open. */
	const OUTPUT_DELAY_MS = 200;
	/** Characters, far more than any command prints. */ const MOST_OUTPUT = 65536;
	/** Finds the Appcircle CLI on the PATH. Throws a Failure where there is none. */ async function findCli() {
		if (await quietly(() => which('appcircle', false))) return;
		throw new Failure(
			'The Appcircle CLI is not installed',
			message_message`configure-cli is true, but there is no "appcircle" on the PATH.`,
			message_message`Run ${'npm install -g @appcircle/cli'} in an earlier step.`,
		);
	}
	/**
	 * Runs a command of the Appcircle CLI.
	 * @throws Failure unless it exits with 0 in time
	 */ async function run(args, env, deadline) {
		const command = message_message`"${['appcircle', ...args].join(' ')}"`;
		const doing = () => message_message`waiting for ${command}.`;
		const finish = () => deadline.limit(start(args, env, command), doing, unfinished);
		const { exitCode, output } = await withoutLeftovers(finish).catch((error) => {
			if (isFailure(error)) throw error;
			throw failed(message_message`${command} could not be run (${errorText(error)}).`);
		});
		if (exitCode === 0) return;
		const ended = exitCode === null ? message_message`was killed` : message_message`exited with code ${exitCode}`;
		const said = output.trim().replace(/\.$/, '');
		if (said === '') throw failed(message_message`${command} ${ended} and printed nothing.`);
		throw failed(message_message`${command} ${ended} and said "${new foreign_Foreign(said)}".`);
	}
	/** Starts a command and waits for its end. Throws a Failure where it prints too much. */ async function start(args, env, command) {
		const { promise: flood, reject } = Promise.withResolvers();
		let output = '';
		const listen = (chunk) => {
			output += chunk.toString();
			if (output.length > MOST_OUTPUT) reject(failed(message_message`${command} printed more than 64 KiB.`));
		};
		// By name, since a path would be split at its blanks. Silent, since the CLI prints all environments.
		const exited = quietly(() =>
			exec('appcircle', args, { silent: true, ignoreReturnCode: true, delay: OUTPUT_DELAY_MS, env, listeners: { stdout: listen, stderr: listen } }),
		);
		// `null` where a signal ended it, whatever the type of `exec` says.
		const exitCode = await Promise.race([exited, flood]);
		return { exitCode, output };
	}
	/** Without what @actions/io prints of entries on the PATH that it can't look into: a closed folder, a file. */ async function quietly(run) {
		const { log } = console;
		console.log = () => {};
		try {
			return await run();
		} finally {
			console.log = log;
		}
	}
	function failed(reason) {
		return new Failure(
			'The Appcircle CLI failed',
			reason,
			message_message`Add a step that runs "appcircle config list" before this one to see whether the CLI works, and update it with ${'npm install -g @appcircle/cli@latest'}.`,
		);
	}
	function unfinished(reason) {
		return new Failure(
			'The Appcircle CLI did not finish',
			reason,
			message_message`Add a step that runs "appcircle config list" before this one to see what the CLI waits for.`,
		);
	}
	const external_node_crypto_namespaceObject = require('node:crypto');
	Date.UTC(1e4, 0);
	// CONCATENATED MODULE: ./build/base/json.js
	/** Parses JSON, without a byte order mark; `undefined` for any other text. */
	function parseJson(text) {
		try {
			return JSON.parse(text.replace(/^\uFEFF/, ''));
		} catch {
			return;
		}
	}
	/** Parses a JSON object, likewise. */ function parseObject(text) {
		const value = parseJson(text);
		return isObject(value) ? value : void 0;
	}
	function isObject(value) {
		return typeof value === 'object' && value !== null && !Array.isArray(value);
	}
	/** Text that is not blank. */ function textIn(value) {
		if (typeof value !== 'string' || value.trim() === '') return;
		return new foreign_Foreign(value);
	}
	/** A finite number, or one as text. */ // CONCATENATED MODULE: ./build/cli/configuration-file.js
	/** Far more than any configuration has. */
	const LARGEST_FILE = 1048576;
	/** Reads a JSON object; empty where there is no file. Throws an Error where it can't be read. */ function readJsonFile(path) {
		const stat = statIfThere(path);
		if (!stat) return {};
		// A device or a pipe has no end.
		if (!stat.isFile()) throw new Error('this is not a file');
		if (stat.size === 0) throw new Error('the file is empty');
		if (stat.size > LARGEST_FILE) throw new Error('the file is larger than 1 MiB');
		const values = parseObject((0, external_node_fs_namespaceObject.readFileSync)(path, 'utf8'));
		if (!values) throw new Error('the file is not valid JSON');
		return values;
	}
	/** Not `existsSync` or `throwIfNoEntry`, for which a file in a folder that may not be entered is not there. */ function statIfThere(path) {
		try {
			return (0, external_node_fs_namespaceObject.statSync)(path);
		} catch (error) {
			if (codeOf(error) === 'ENOENT') return;
			throw error;
		}
	}
	/** Replaces a file, all or nothing: a full disk must not cost a developer their login. Throws an Error where it can't. */ function replaceJsonFile(
		path,
		values,
	) {
		const target = (0, external_node_fs_namespaceObject.realpathSync)(path);
		const draft = `${target}.tmp-${process.pid}-${Date.now()}`;
		try {
			(0, external_node_fs_namespaceObject.writeFileSync)(draft, JSON.stringify(values, void 0, '\t'), { mode: 384, flag: 'wx' });
			(0, external_node_fs_namespaceObject.renameSync)(draft, target);
		} finally {
			(0, external_node_fs_namespaceObject.rmSync)(draft, { force: true });
		}
	}
	/** Removes what a process that was killed had begun to write, tokens included: this action, or the CLI (atomically, which `conf` uses). */ function removeDrafts(
		path,
	) {
		try {
			const target = (0, external_node_fs_namespaceObject.realpathSync)(path);
			const folder = (0, external_node_path_namespaceObject.dirname)(target);
			const isDraft = (name) => name.startsWith(`${(0, external_node_path_namespaceObject.basename)(target)}.tmp-`);
			const drafts = (0, external_node_fs_namespaceObject.readdirSync)(folder).filter(isDraft);
			for (const name of drafts) (0, external_node_fs_namespaceObject.rmSync)((0, external_node_path_namespaceObject.join)(folder, name), { force: true });
		} catch {
			// Most folders have none, and not every folder lets them be listed.
		}
	}
	const external_node_os_namespaceObject = require('node:os');
	// CONCATENATED MODULE: ./build/cli/configuration-path.js
	/**
	 * Where the CLI keeps its configuration (appcircle-cli, src/config.ts; env-paths 2 with the suffix "nodejs").
	 * @throws Failure where that is no absolute path: the token would land in the working directory
	 */
	function configurationPath(variable) {
		const { folder, setBy } = configurationFolder(variable);
		if (!(0, external_node_path_namespaceObject.isAbsolute)(folder))
			throw notUsable(
				message_message`The Appcircle CLI needs a folder for its configuration, but ${setBy} is not set to an absolute path.`,
				message_message`Set ${setBy} to an absolute path, for this step and those that use the CLI.`,
			);
		const own = (0, external_node_path_namespaceObject.join)(folder, '@appcircle', 'cli-nodejs');
		if (process.platform === 'win32') return (0, external_node_path_namespaceObject.join)(own, 'Config', 'config.json');
		return (0, external_node_path_namespaceObject.join)(own, 'config.json');
	}
	/** The folder in which programs keep their configuration, and the variable that sets it. */ function configurationFolder(variable) {
		const home = homeFolder();
		if (process.platform === 'darwin') return { folder: (0, external_node_path_namespaceObject.join)(home, 'Library', 'Preferences'), setBy: 'HOME' };
		if (process.platform === 'win32') {
			const appData = variable('APPDATA');
			if (appData) return { folder: appData, setBy: 'APPDATA' };
			return { folder: (0, external_node_path_namespaceObject.join)(home, 'AppData', 'Roaming'), setBy: 'USERPROFILE' };
		}
		const xdg = variable('XDG_CONFIG_HOME');
		if (xdg) return { folder: xdg, setBy: 'XDG_CONFIG_HOME' };
		return { folder: (0, external_node_path_namespaceObject.join)(home, '.config'), setBy: 'HOME' };
	}
	/** Empty, and so no absolute path, where the user has none. */ function homeFolder() {
		try {
			return (0, external_node_os_namespaceObject.homedir)();
		} catch {
			return '';
		}
	}
	function notUsable(reason, remedy) {
		return new Failure('The configuration of the Appcircle CLI is not usable', reason, remedy);
	}
	// CONCATENATED MODULE: ./build/cli/configuration.js
	/** An environment of the action's own, so that a developer's login on a self-hosted runner survives. */
	const ENVIRONMENT = 'github-actions';
	/** Where a CLI without a configuration starts. */ const DEFAULT_ENVIRONMENT = 'default';
	/**
	 * Finds the CLI's configuration, which need not be there yet.
	 * @throws Failure where it is at no absolute path or can't be read
	 */ function findConfiguration(variable) {
		const configuration = new configuration_Configuration(configurationPath(variable));
		try {
			configuration.read();
		} catch (error) {
			throw notUsable(
				message_message`The Appcircle CLI can't read its configuration ${configuration.path}: ${errorText(error)}.`,
				message_message`Repair that file, or remove it: the CLI makes a new one, without the logins that were in it.`,
			);
		}
		return configuration;
	}
	/**
	 * The Appcircle CLI's configuration file, written by its dependency `conf`. At its top level stands the way back, as
	 * `"github-actions": {"previous": "work"}`: `config add` replaces the environment's own entry, and `conf` keeps keys that it doesn't know.
	 * What reads or writes the file throws an Error where it can't.
	 */ class configuration_Configuration {
		path;
		constructor(path) {
			this.path = path;
		}
		/** The values; none where there is no file. */ read() {
			return readJsonFile(this.path);
		}
		/** Whether a token is in the action's environment; `undefined` where that can't be read. */ get holdsToken() {
			try {
				return tokenIn(this.read()) !== void 0;
			} catch {
				return;
			}
		}
		/** Notes which environment to go back to, unless an earlier login did. */ noteWayBack() {
			const values = this.read();
			const previous = textIn(values['current'])?.raw;
			if (previous === void 0 || previous === ENVIRONMENT) return;
			replaceJsonFile(this.path, { ...values, [ENVIRONMENT]: { previous } });
		}
		/**
		 * Stores values in the action's environment, once the CLI has made it current. Edits the file: `config set` would show the token to every
		 * user of the machine in the list of processes, and on Windows takes 8,191 characters at most.
		 */ store(own) {
			const values = this.read();
			// The CLI exits with 0 even if it wrote nothing, and `appcircle` may be another program.
			if (values['current'] !== ENVIRONMENT) throw new Error(`"${ENVIRONMENT}" is not the current environment`);
			replaceJsonFile(this.path, withOwn(values, own));
		}
		/**
		 * Clears the token, whosever it is, and stays in the action's environment.
		 * @returns whether there was one
		 */ clearToken() {
			const values = this.read();
			if (tokenIn(values) === void 0) return false;
			replaceJsonFile(this.path, withoutToken(values));
			return true;
		}
		/**
		 * Clears the token and goes back to the environment that was current. Edits the file: the CLI could hang, fail or be gone by now.
		 * @param digest of the token that may be cleared: another one is another job's, which is logged in by now
		 * @returns the environment that is current then; `undefined` if there was nothing to undo
		 */ goBack(digest) {
			removeDrafts(this.path);
			const values = this.read();
			const token = tokenIn(values);
			if (token !== void 0 && digestOf(token) !== digest) return;
			const { [ENVIRONMENT]: wayBack, ...others } = values;
			// Another environment without a token: the login came to nothing, and may have left its note.
			if (token === void 0 && values['current'] !== ENVIRONMENT) {
				if (wayBack !== void 0) replaceJsonFile(this.path, others);
				return;
			}
			const current = previousIn(values);
			replaceJsonFile(this.path, { ...withoutToken(others), current });
			return current;
		}
	}
	/** The SHA-256 of a token. */ function digestOf(token) {
		return (0, external_node_crypto_namespaceObject.hash)('sha256', token);
	}
	function tokenIn(values) {
		return textIn(ownIn(values)?.[TOKEN_VARIABLE])?.raw;
	}
	function withoutToken(values) {
		if (tokenIn(values) === void 0) return values;
		return withOwn(values, { [TOKEN_VARIABLE]: '' });
	}
	/** The action's own environment, if there is one. */ function ownIn({ envs }) {
		if (!isObject(envs)) return;
		const own = envs[ENVIRONMENT];
		return isObject(own) ? own : void 0;
	}
	function withOwn(values, own) {
		const envs = { ...Object(values['envs']), [ENVIRONMENT]: { ...ownIn(values), ...own } };
		return { ...values, envs };
	}
	function previousIn(values) {
		const { previous } = Object(values[ENVIRONMENT]);
		const isKnown = typeof previous === 'string' && configuration_exists(previous, values);
		if (isKnown && previous !== ENVIRONMENT) return previous;
		return DEFAULT_ENVIRONMENT;
	}
	/** A name with dots in it may be nested: that is how `conf` reads dots. */ function configuration_exists(name, { envs }) {
		if (isObject(envs) && Object.hasOwn(envs, name)) return true;
		let found = envs;
		for (const part of name.split('.')) {
			if (!isObject(found) || !Object.hasOwn(found, part)) return false;
			found = found[part];
		}
		return isObject(found);
	}
	// CONCATENATED MODULE: ./build/cli/login.js
	/**
	 * Checks what a login needs, before a key is spent on it.
	 * @throws Failure where the CLI is missing or its configuration is not usable
	 */
	async function checkCli({ variable }) {
		await findCli();
		findConfiguration(variable);
	}
	/**
	 * Logs the Appcircle CLI in, in an environment of its own.
	 * @throws Failure where the CLI fails, or its configuration or the state can't be written. A login may be left, for the entry to undo
	 */ async function logIn(token, server, { variable, deadline, log, environment, saveState }) {
		const configuration = findConfiguration(variable);
		// Before any change, so that post can undo it even if this process is killed.
		saveState({ 'cli-configuration': configuration.path, 'cli-token': digestOf(token.value), 'cli-login': 'begun' });
		try {
			configuration.noteWayBack();
			await run(['config', 'add', ENVIRONMENT], environment(), deadline);
			closeFolder((0, external_node_path_namespaceObject.dirname)(configuration.path));
			configuration.store(environmentFor(token, server));
		} catch (error) {
			saveState({ 'cli-login': 'failed' });
			if (isFailure(error)) throw error;
			throw notStored(configuration.path, error);
		}
		saveState({ 'cli-login': 'stored' });
		log.info(message_message`Logged in the Appcircle CLI (environment "${ENVIRONMENT}") until the job ends.`);
		if (server.caCertificate)
			log.info(
				message_message`ca-certificate does not reach the CLI's own commands. Set NODE_EXTRA_CA_CERTS to the path of that certificate (or NODE_USE_SYSTEM_CA to 1) for the steps that run them.`,
			);
	}
	function environmentFor(token, server) {
		const { authEndpoint, apiEndpoint, selfHosted } = server;
		const own = { AUTH_HOSTNAME: authEndpoint, API_HOSTNAME: apiEndpoint, [TOKEN_VARIABLE]: token.value };
		if (!selfHosted) return own;
		// Newer CLIs post the token to this host, which is Appcircle cloud by default.
		return { ...own, HOOK_HOSTNAME: apiEndpoint };
	}
	/** Keeps others of the machine out, where the file system has modes: the CLI rewrites its file with mode 0666. */ function closeFolder(folder) {
		try {
			(0, external_node_fs_namespaceObject.chmodSync)(folder, 448);
		} catch {
			// The file itself becomes private.
		}
	}
	function notStored(path, error) {
		return new Failure(
			'The Appcircle CLI did not store the token',
			message_message`The CLI's configuration ${path} could not be changed: ${errorText(error)}.`,
			message_message`Check that this runner can write to that file's folder, and that "appcircle" is the Appcircle CLI: add a step that runs "appcircle config list" before this one.`,
		);
	}
	/**
	 * Logs the CLI out once a step has failed: the token of an earlier step may be for another organization than the one that was asked for.
	 * Its environment stays current until post, so that later steps don't work with the developer's own login.
	 */
	function logOutEarlier({ variable, log }) {
		let configuration;
		try {
			configuration = new configuration_Configuration(configurationPath(variable));
			if (configuration.clearToken()) log.info(message_message`Logged the Appcircle CLI out.`);
		} catch (error) {
			if (configuration?.holdsToken) warn(configuration.path, error, log);
		}
	}
	function warn(file, error, log) {
		log.warning(
			message_words`The Appcircle CLI is still logged in`,
			message_message`Logging out failed: ${errorText(error)}. On a self-hosted runner, remove the token from ${file} by hand. The token expires by itself.`,
		);
	}
	// CONCATENATED MODULE: ./build/cli.js
	/** What only a run with `configure-cli` loads and reads: a bundle of its own, `dist/cli.js`. */
	module.exports = __webpack_exports__;
})();
