(() => {
	var __webpack_modules__ = {
		/***/ 537: /***/ (__unused_webpack_module, exports) => {},
		/***/ 227: /***/ (__unused_webpack_module, exports) => {},
	};
	var __webpack_module_cache__ = {};
	function __nccwpck_require__(moduleId) {
		var cachedModule = __webpack_module_cache__[moduleId];
		if (cachedModule !== void 0) return cachedModule.exports;
		var module = (__webpack_module_cache__[moduleId] = { exports: {} });
		var threw = true;
		try {
			__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
			threw = false;
		} finally {
			if (threw) delete __webpack_module_cache__[moduleId];
		}
		return module.exports;
	}
	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + '/';
	var __webpack_exports__ = {};
	(() => {
		'use strict';
		// CONCATENATED MODULE: ./build/base/errors.js
		/** The `code` of one of Node's errors, such as `ECONNRESET`; empty where there is none. */
		function codeOf(thrown) {
			const { code } = Object(thrown);
			return typeof code === 'string' ? code : '';
		}
		/** What an error says, in its own words; its code where it has none. */ function messageOf(thrown) {
			const { message } = Object(thrown);
			return typeof message === 'string' ? message || codeOf(thrown) : String(thrown);
		}
		// CONCATENATED MODULE: ./build/base/message.js
		/**
		 * A sentence that keeps its own words apart from the values in it, so that whoever shows it can make the values safe. `Log` and
		 * `Failure` take nothing else, and text put together by hand does not compile.
		 */
		class Message {
			// TypeScript's private rather than #private: Jest takes objects for equal whose contents it can't see.
			words;
			values;
			constructor(words, values) {
				this.words = words;
				this.values = values;
			}
			/**
			 * @param safe makes a value fit to be shown
			 * @param own does the same for the message's own words, where the place it is shown in needs that
			 */ show(safe, own = (words) => words) {
				return this.words.reduce((shown, words, index) => {
					const value = this.values[index - 1];
					// Not `instanceof`: dist/cli.js brings a class Message of its own.
					const text =
						typeof value === 'object' ? value.show(safe, own) : typeof value === 'string' ? safe(value) : value;
					return shown + (text ?? '') + own(words);
				}, '');
			}
			/** The words alone: a message that gets somewhere by accident shows no value. */ toString() {
				return this.show(() => '…');
			}
		}
		/** Makes a message of a template: message`${host} answered ${status}.` */ function message(words, ...values) {
			return new Message(words, values);
		}
		/** Makes a message of the action's own words and numbers: no text from elsewhere compiles here. */ function words(
			own,
			...values
		) {
			return new Message(own, values);
		}
		/** Puts messages one behind the other. */ // CONCATENATED MODULE: external "node:fs"
		const external_node_fs_namespaceObject = require('node:fs');
		// CONCATENATED MODULE: external "node:path"
		const external_node_path_namespaceObject = require('node:path');
		// CONCATENATED MODULE: ./build/cli/configuration.js
		/** The CLI's environment that is the action's own, so that a developer's login on a self-hosted runner survives. */
		const ENVIRONMENT = 'github-actions';
		/** The environment that a CLI without a configuration is in. */ const DEFAULT_ENVIRONMENT = 'default';
		/** The Appcircle CLI's configuration file, as the packages `conf` and `env-paths` keep it: the environments and which is current. */ class Configuration {
			path;
			constructor(path) {
				this.path = path;
			}
			/** The environment to go back to once the action is done. */ get previous() {
				const current = parse(this.#text())?.['current'];
				return typeof current === 'string' && current !== '' && current !== ENVIRONMENT ? current : DEFAULT_ENVIRONMENT;
			}
			/** Whether the action's environment is current and, where a token is given, holds that. */ isLoggedIn(token) {
				const values = parse(this.#text());
				const current = values?.['current'] === ENVIRONMENT;
				return current && (token === void 0 || environmentIn(values)?.['AC_ACCESS_TOKEN'] === token);
			}
			/**
			 * Clears the token of the action's environment and makes another one current. Done in the file, not with the CLI, so that it takes no
			 * process that could hang, fail or be missing by now.
			 * @returns the environment that is current then; `undefined` where there was nothing to undo
			 * @throws Error where the file can't be written, or can't be read and may hold a token
			 */ logOut(previous) {
				const text = this.#text();
				const values = parse(text);
				if (!values && /"AC_ACCESS_TOKEN"\s*:\s*"[^"]/.test(text)) throw new Error(`${this.path} is not valid JSON.`);
				const ours = values && environmentIn(values);
				if (!values || (!ours?.['AC_ACCESS_TOKEN'] && values['current'] !== ENVIRONMENT)) return;
				if (ours) ours['AC_ACCESS_TOKEN'] = '';
				const current = exists(previous, values) ? previous : DEFAULT_ENVIRONMENT;
				this.#write({ ...values, current });
				return current;
			}
			/** Lets nobody but the job's user read the file. The CLI writes it anew each time, for all to read; that the folder is closed lasts. */ keepToOwner() {
				try {
					(0, external_node_fs_namespaceObject.chmodSync)(
						(0, external_node_path_namespaceObject.dirname)(this.path),
						448,
					);
					(0, external_node_fs_namespaceObject.chmodSync)(this.path, 384);
				} catch {
					// Whether the file is there and holds the token is checked later.
				}
			}
			#text() {
				try {
					return (0, external_node_fs_namespaceObject.readFileSync)(this.path, 'utf8');
				} catch {
					return '';
				}
			}
			/** All of it or nothing: on a full disk the developer's environments must not be lost. */ #write(values) {
				const target = (0, external_node_fs_namespaceObject.realpathSync)(this.path);
				const draft = `${target}.${process.pid}`;
				try {
					(0, external_node_fs_namespaceObject.writeFileSync)(draft, JSON.stringify(values, void 0, '\t'), {
						mode: 384,
					});
					(0, external_node_fs_namespaceObject.renameSync)(draft, target);
				} finally {
					(0, external_node_fs_namespaceObject.rmSync)(draft, { force: true });
				}
			}
		}
		/** Where the CLI keeps its configuration on this machine (appcircle-cli, src/config.ts; env-paths with the suffix "nodejs"). */ function parse(
			text,
		) {
			try {
				const values = JSON.parse(text);
				return isValues(values) ? values : void 0;
			} catch {
				return;
			}
		}
		function environmentIn({ envs }) {
			const ours = isValues(envs) ? envs[ENVIRONMENT] : void 0;
			return isValues(ours) ? ours : void 0;
		}
		/** Whether there is an environment of that name. One with dots in it is nested, for that is how `conf` reads a dot. */ function exists(
			name,
			{ envs },
		) {
			let found = envs;
			for (const part of name.split('.')) found = isValues(found) && Object.hasOwn(found, part) ? found[part] : void 0;
			return isValues(found) || (isValues(envs) && Object.hasOwn(envs, name));
		}
		function isValues(value) {
			return typeof value === 'object' && value !== null && !Array.isArray(value);
		}
		// CONCATENATED MODULE: ./build/cli/logout.js
		/** Logs the CLI out and goes back to the environment that was current before. What can't be undone is a warning. */
		function logOut({ file, environment }, log) {
			try {
				const current = new Configuration(file).logOut(environment);
				if (current) log.info(message`Logged the Appcircle CLI out. Its environment is "${current}" again.`);
			} catch (error) {
				log.warning(
					words`The Appcircle CLI is still logged in`,
					message`It could not be logged out: ${messageOf(error)} On a self-hosted runner, run "appcircle config current ${ENVIRONMENT}" and "appcircle logout". The token expires by itself.`,
				);
			}
		}
		// CONCATENATED MODULE: external "os"
		const external_os_namespaceObject = require('os');
		// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
		function toCommandValue(input) {
			if (input === null || input === void 0) return '';
			else if (typeof input === 'string' || input instanceof String) return input;
			return JSON.stringify(input);
		}
		function toCommandProperties(annotationProperties) {
			if (!Object.keys(annotationProperties).length) return {};
			return {
				title: annotationProperties.title,
				file: annotationProperties.file,
				line: annotationProperties.startLine,
				endLine: annotationProperties.endLine,
				col: annotationProperties.startColumn,
				endColumn: annotationProperties.endColumn,
			};
		}
		// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js
		function command_issueCommand(command, properties, message) {
			const cmd = new Command(command, properties, message);
			process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
		}
		const CMD_STRING = '::';
		class Command {
			constructor(command, properties, message) {
				if (!command) command = 'missing.command';
				this.command = command;
				this.properties = properties;
				this.message = message;
			}
			toString() {
				let cmdStr = CMD_STRING + this.command;
				if (this.properties && Object.keys(this.properties).length > 0) {
					cmdStr += ' ';
					let first = true;
					for (const key in this.properties)
						if (this.properties.hasOwnProperty(key)) {
							const val = this.properties[key];
							if (val) {
								if (first) first = false;
								else cmdStr += ',';
								cmdStr += `${key}=${escapeProperty(val)}`;
							}
						}
				}
				cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
				return cmdStr;
			}
		}
		function escapeData(s) {
			return toCommandValue(s).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
		}
		function escapeProperty(s) {
			return toCommandValue(s)
				.replace(/%/g, '%25')
				.replace(/\r/g, '%0D')
				.replace(/\n/g, '%0A')
				.replace(/:/g, '%3A')
				.replace(/,/g, '%2C');
		}
		// CONCATENATED MODULE: external "crypto"
		const external_crypto_namespaceObject = require('crypto');
		// CONCATENATED MODULE: external "fs"
		const external_fs_namespaceObject = require('fs');
		// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
		function file_command_issueFileCommand(command, message) {
			const filePath = process.env[`GITHUB_${command}`];
			if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
			if (!external_fs_namespaceObject.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
			external_fs_namespaceObject.appendFileSync(
				filePath,
				`${toCommandValue(message)}${external_os_namespaceObject.EOL}`,
				{ encoding: 'utf8' },
			);
		}
		function prepareKeyValueMessage(key, value) {
			const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
			const convertedValue = toCommandValue(value);
			if (key.includes(delimiter))
				throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
			if (convertedValue.includes(delimiter))
				throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
			return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
		}
		URL;
		// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
		void 0 && (void 0).__awaiter;
		var HttpCodes;
		(function (HttpCodes) {
			HttpCodes[(HttpCodes['OK'] = 200)] = 'OK';
			HttpCodes[(HttpCodes['MultipleChoices'] = 300)] = 'MultipleChoices';
			HttpCodes[(HttpCodes['MovedPermanently'] = 301)] = 'MovedPermanently';
			HttpCodes[(HttpCodes['ResourceMoved'] = 302)] = 'ResourceMoved';
			HttpCodes[(HttpCodes['SeeOther'] = 303)] = 'SeeOther';
			HttpCodes[(HttpCodes['NotModified'] = 304)] = 'NotModified';
			HttpCodes[(HttpCodes['UseProxy'] = 305)] = 'UseProxy';
			HttpCodes[(HttpCodes['SwitchProxy'] = 306)] = 'SwitchProxy';
			HttpCodes[(HttpCodes['TemporaryRedirect'] = 307)] = 'TemporaryRedirect';
			HttpCodes[(HttpCodes['PermanentRedirect'] = 308)] = 'PermanentRedirect';
			HttpCodes[(HttpCodes['BadRequest'] = 400)] = 'BadRequest';
			HttpCodes[(HttpCodes['Unauthorized'] = 401)] = 'Unauthorized';
			HttpCodes[(HttpCodes['PaymentRequired'] = 402)] = 'PaymentRequired';
			HttpCodes[(HttpCodes['Forbidden'] = 403)] = 'Forbidden';
			HttpCodes[(HttpCodes['NotFound'] = 404)] = 'NotFound';
			HttpCodes[(HttpCodes['MethodNotAllowed'] = 405)] = 'MethodNotAllowed';
			HttpCodes[(HttpCodes['NotAcceptable'] = 406)] = 'NotAcceptable';
			HttpCodes[(HttpCodes['ProxyAuthenticationRequired'] = 407)] = 'ProxyAuthenticationRequired';
			HttpCodes[(HttpCodes['RequestTimeout'] = 408)] = 'RequestTimeout';
			HttpCodes[(HttpCodes['Conflict'] = 409)] = 'Conflict';
			HttpCodes[(HttpCodes['Gone'] = 410)] = 'Gone';
			HttpCodes[(HttpCodes['TooManyRequests'] = 429)] = 'TooManyRequests';
			HttpCodes[(HttpCodes['InternalServerError'] = 500)] = 'InternalServerError';
			HttpCodes[(HttpCodes['NotImplemented'] = 501)] = 'NotImplemented';
			HttpCodes[(HttpCodes['BadGateway'] = 502)] = 'BadGateway';
			HttpCodes[(HttpCodes['ServiceUnavailable'] = 503)] = 'ServiceUnavailable';
			HttpCodes[(HttpCodes['GatewayTimeout'] = 504)] = 'GatewayTimeout';
		})(HttpCodes || (HttpCodes = {}));
		var Headers;
		(function (Headers) {
			Headers['Accept'] = 'accept';
			Headers['ContentType'] = 'content-type';
		})(Headers || (Headers = {}));
		var MediaTypes;
		(function (MediaTypes) {
			MediaTypes['ApplicationJson'] = 'application/json';
		})(MediaTypes || (MediaTypes = {}));
		Error;
		// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/auth.js
		void 0 && (void 0).__awaiter;
		// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
		void 0 && (void 0).__awaiter;
		// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
		void 0 && (void 0).__awaiter;
		// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io-util.js
		void 0 && (void 0).__awaiter;
		process;
		// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io.js
		void 0 && (void 0).__awaiter;
		// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/toolrunner.js
		void 0 && (void 0).__awaiter;
		process;
		// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/exec.js
		void 0 && (void 0).__awaiter;
		// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
		void 0 && (void 0).__awaiter;
		external_os_namespaceObject.platform();
		external_os_namespaceObject.arch();
		// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
		void 0 && (void 0).__awaiter;
		var ExitCode;
		(function (ExitCode) {
			ExitCode[(ExitCode['Success'] = 0)] = 'Success';
			ExitCode[(ExitCode['Failure'] = 1)] = 'Failure';
		})(ExitCode || (ExitCode = {}));
		function exportVariable(name, val) {
			const convertedVal = toCommandValue(val);
			process.env[name] = convertedVal;
			const filePath = process.env['GITHUB_ENV'] || '';
			if (filePath) return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
			command_issueCommand('set-env', { name }, convertedVal);
		}
		function core_setSecret(secret) {
			command_issueCommand('add-mask', {}, secret);
		}
		function getInput(name, options) {
			const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
			if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
			if (options && options.trimWhitespace === false) return val;
			return val.trim();
		}
		function setOutput(name, value) {
			const filePath = process.env['GITHUB_OUTPUT'] || '';
			if (filePath) return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
			process.stdout.write(external_os_namespaceObject.EOL);
			command_issueCommand('set-output', { name }, toCommandValue(value));
		}
		function isDebug() {
			return process.env['RUNNER_DEBUG'] === '1';
		}
		function core_debug(message) {
			command_issueCommand('debug', {}, message);
		}
		function error(message, properties = {}) {
			command_issueCommand(
				'error',
				toCommandProperties(properties),
				message instanceof Error ? message.toString() : message,
			);
		}
		function warning(message, properties = {}) {
			command_issueCommand(
				'warning',
				toCommandProperties(properties),
				message instanceof Error ? message.toString() : message,
			);
		}
		function notice(message, properties = {}) {
			command_issueCommand(
				'notice',
				toCommandProperties(properties),
				message instanceof Error ? message.toString() : message,
			);
		}
		function info(message) {
			process.stdout.write(message + external_os_namespaceObject.EOL);
		}
		function saveState(name, value) {
			const filePath = process.env['GITHUB_STATE'] || '';
			if (filePath) return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
			command_issueCommand('save-state', { name }, toCommandValue(value));
		}
		function getState(name) {
			return process.env[`STATE_${name}`] || '';
		}
		// CONCATENATED MODULE: ./build/base/guid.js
		/** Whether text is a GUID as Appcircle writes them: 32 hexadecimal digits in five groups. */
		function isGuid(text) {
			// Most texts that this is asked of have another length, which spares them the expression.
			return text.length === 36 && /^[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/.test(text);
		}
		// CONCATENATED MODULE: ./build/base/text.js
		const PRINTABLE_ASCII = /^[ -~]*$/;
		/**
		 * One line of what a reader sees in a text: control sequences and invisible characters are gone, blanks and other controls are single
		 * blanks, and none are at its ends.
		 */ function visibleText(text) {
			return (PRINTABLE_ASCII.test(text) ? text : withoutInvisible(text)).replace(/ {2,}/g, ' ').trim();
		}
		function withoutInvisible(text) {
			// Node checks a literal when it loads the file, and Unicode's classes take it long.
			// biome-ignore lint/complexity/useRegexLiterals: see above
			const invisible = new RegExp('[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]', 'gu');
			// biome-ignore lint/complexity/useRegexLiterals: see above
			const blank = new RegExp('[\\p{Cc}\\p{Z}\\u2800]', 'gu');
			return text
				.replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
				.replace(invisible, '')
				.replace(blank, ' ');
		}
		// CONCATENATED MODULE: ./build/secrets/bounds.js
		/** Characters of a value that are shown. */
		const SHOWN = 300;
		/** Characters that are searched for secrets: room for what is shown, and for a secret behind it in encoding upon encoding. */ const SEARCHED = 4096;
		/** Characters that are read at all, however few of them can be seen. */ const READ = 65536;
		/** What can be seen of the beginning of a text; `undefined` where that is so little that the rest could be hiding something. */ function boundedText(
			text,
		) {
			const visible = visibleText(text.slice(0, READ));
			return text.length > READ && visible.length < SEARCHED ? void 0 : visible.slice(0, SEARCHED);
		}
		/** The text at a length to show, unable to start a workflow command. */ function harmless(text) {
			const safe = text.replaceAll('##[', '## [').replace(/^::/, ': :');
			return safe.length <= SHOWN ? safe : `${safe.slice(0, SHOWN - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
		}
		// CONCATENATED MODULE: ./build/secrets/decode.js
		/** Encodings in one another that are looked through. */
		const DEEPEST = 3;
		/** Shorter runs can't hold a secret worth finding: eight bytes make sixteen digits in hex, eleven in Base64. */ const HEX_RUN =
			/[\da-f]{16,}/gi;
		const BASE64_RUN = /[A-Za-z\d+/_-]{10,}/g;
		/** What may stand between the bytes of a hex dump. */ const HEX_SEPARATORS = /0x|[^\da-z]/gi;
		const ESCAPE =
			/((?:%[\da-f]{2})+)|(?:\\|%)u([\da-f]{4})|\\u\{([\da-f]{1,6})\}|\\x([\da-f]{2})|&#x([\da-f]{1,6});?|&#(\d{1,7});?|&(\w{2,6});|\\(["'\\/])|\\([bfnrtv0])/gi;
		/** HTML's names for what stands in keys, as servers' own encoders and the usual libraries write them. */ const NAMED =
			{
				amp: '&',
				lt: '<',
				gt: '>',
				quot: '"',
				apos: "'",
				excl: '!',
				num: '#',
				dollar: '$',
				percnt: '%',
				lpar: '(',
				rpar: ')',
				ast: '*',
				plus: '+',
				comma: ',',
				period: '.',
				sol: '/',
				colon: ':',
				semi: ';',
				equals: '=',
				quest: '?',
				commat: '@',
				lsqb: '[',
				lbrack: '[',
				bsol: '\\',
				rsqb: ']',
				rbrack: ']',
				Hat: '^',
				lowbar: '_',
				grave: '`',
				lcub: '{',
				lbrace: '{',
				vert: '|',
				verbar: '|',
				rcub: '}',
				rbrace: '}',
				hyphen: '-',
				dash: '-',
				tilde: '~',
			};
		/** A text as it is compared: what is not seen, blanks (`+` in forms) and capitals left aside. */ function fold(
			text,
		) {
			return visibleText(text).replace(/[ +]/g, '').toLowerCase();
		}
		/** The text with its escapes taken back, of percent-encoding, JSON, JavaScript and HTML. */ function unescaped(
			text,
		) {
			return text.replace(ESCAPE, (whole, percent, u, brace, x, hex, decimal, name, itself) => {
				if (percent) return Buffer.from(percent.replaceAll('%', ''), 'hex').toString();
				const code = u ?? brace ?? x ?? hex;
				if (code) return character(Number.parseInt(code, 16));
				if (decimal) return character(Number(decimal));
				if (name) return NAMED[name] ?? whole;
				return itself ?? ' ';
			});
		}
		/**
		 * Whether a secret stands in a text in some encoding, or in encodings of encodings. The text is bounded, and each decoding is linear in it.
		 */ function hidesSecret(text, secrets) {
			const sought = secrets.flatMap(({ hidden }) => hidden);
			if (sought.length === 0) return false;
			const seen = new Set([text]);
			let layer = [text];
			for (let depth = 0; depth < DEEPEST && layer.length > 0; depth++) {
				layer = layer.flatMap(decodings).filter((decoded) => !seen.has(decoded) && seen.add(decoded));
				for (const decoded of layer) {
					const folded = fold(decoded);
					if (sought.some((secret) => folded.includes(secret))) return true;
				}
			}
			return false;
		}
		/** What a text may mean: read as Base64 and as hex it means something else from each offset. */ function decodings(
			text,
		) {
			const base64 = text.replaceAll(' ', '').match(BASE64_RUN) ?? [];
			const hex = text.replace(HEX_SEPARATORS, '').match(HEX_RUN) ?? [];
			const from = (runs, offset, encoding) =>
				runs.map((run) => Buffer.from(run.slice(offset), encoding).toString()).join('\n');
			return [
				unescaped(text),
				...[0, 1, 2, 3].map((offset) => from(base64, offset, 'base64')),
				...[0, 1].map((offset) => from(hex, offset, 'hex')),
			].filter((decoded) => decoded.length >= 6);
		}
		function character(code) {
			return code <= 1114111 ? String.fromCodePoint(code) : '';
		}
		// CONCATENATED MODULE: ./build/secrets/secret.js
		/** Shorter text stands in ordinary words too, once blanks and capitals are overlooked. */
		const SHORTEST_FOLDED = 6;
		/** Shorter text turns up in any other, once that has been decoded in enough ways. */ const SHORTEST_HIDDEN = 8;
		/** More of a secret need not be found to know that it is there. */ const LONGEST_SOUGHT = 64;
		/** A secret with what to look for to find it. */ class Secret {
			#forms;
			#folded;
			/** What gives it away in a text that was decoded; empty for a secret too short to tell. */
			hidden;
			constructor(text) {
				this.#forms = [...new Set([text, visibleText(text)])].filter((form) => form !== '');
				this.#folded = fold(text);
				this.hidden = [...new Set([this.#folded, fold(unescaped(text))])]
					.filter((folded) => folded.length >= SHORTEST_HIDDEN)
					.map((folded) => folded.slice(2, LONGEST_SOUGHT));
			}
			/** Where it stands letter by letter. */ rangesIn(line) {
				return this.#forms.flatMap((form) => occurrences(line, form));
			}
			/** Where it stands with other blanks and capitals. */ foldedRangesIn(line, folded) {
				const sought = this.#folded.slice(0, LONGEST_SOUGHT);
				if (sought.length < SHORTEST_FOLDED || !folded.includes(sought)) return [];
				const letters = [...sought].map((letter) => letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'));
				const found = [...line.matchAll(new RegExp(letters.join('[ +]*'), 'giu'))];
				// Where a long one ends can't be told, nor where one stands whose letters fold in ways of their own.
				const whole = found.length === 0 || this.#folded.length > LONGEST_SOUGHT;
				if (whole) return [{ start: found[0]?.index ?? 0, end: line.length }];
				return found.map(({ index, 0: text }) => ({ start: index, end: index + text.length }));
			}
		}
		/** The line with `***` for each stretch where a secret stands. */ function withoutSecrets(line, secrets) {
			const exact = cover(
				line,
				secrets.flatMap((secret) => secret.rangesIn(line)),
			);
			const folded = fold(exact);
			return cover(
				exact,
				secrets.flatMap((secret) => secret.foldedRangesIn(exact, folded)),
			);
		}
		/** Every stretch that a form covers, those of occurrences that overlap too. */ function occurrences(line, form) {
			const found = [];
			for (let at = line.indexOf(form); at >= 0; at = line.indexOf(form, at + 1))
				found.push({ start: at, end: at + form.length });
			return found;
		}
		/** Stretches that touch become one. */ function cover(line, ranges) {
			let covered = '';
			let done = -1;
			for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
				if (start > done) covered += `${line.slice(Math.max(done, 0), start)}***`;
				done = Math.max(done, end);
			}
			return covered + line.slice(Math.max(done, 0));
		}
		// CONCATENATED MODULE: ./build/secrets/secrets.js
		/** In the place of a text that hides a secret in some encoding: where in it the secret stands can't be told. */
		const LEFT_OUT = '[left out: it may hold a secret]';
		/** What must not be seen: announced to the runner the moment it is known, and kept out of all that the action shows. */ class Secrets {
			#announce;
			#known = new Map();
			/** @param announce tells the runner of one more secret */
			constructor(announce) {
				this.#announce = announce;
			}
			add(texts, most = Number.POSITIVE_INFINITY) {
				const found = new Set(texts.flatMap(masksFor).filter((mask) => !this.#known.has(mask)));
				if (found.size > most) return false;
				for (const text of found) {
					this.#known.set(text, new Secret(text));
					this.#announce(text);
				}
				return true;
			}
			/** Shows a message as one line of text. */ show(message) {
				const asIs = (text) => text;
				return this.#show(message, asIs, asIs);
			}
			/** Shows a message as HTML, its values in `<code>`, where text is neither Markdown nor made into links. */ showAsHtml(
				message,
			) {
				return this.#show(message, (value) => `<code>${escapeHtml(value)}</code>`, escapeTags);
			}
			#show(message, dress, own) {
				const secrets = [...this.#known.values()];
				const line = message.show((value) => dress(this.#safe(value, secrets)), own);
				// A secret may be split over two values, or stand half in the words, so the whole is looked at once more.
				const safe = withoutSecrets(line, secrets);
				return hidesSecret(safe, secrets) ? message.show(() => dress(LEFT_OUT), own) : safe;
			}
			/** Makes text of a server or a user fit to be shown: at most 300 characters that can neither start a command nor hold a secret. */ #safe(
				text,
				secrets,
			) {
				// Most runs show GUIDs alone, which are too short to hold an encoded key.
				if (isGuid(text)) return withoutSecrets(text, secrets);
				const visible = boundedText(text);
				if (visible === void 0) return LEFT_OUT;
				const safe = withoutSecrets(visible, secrets);
				return hidesSecret(safe, secrets) ? LEFT_OUT : harmless(safe);
			}
		}
		/** What to mask for a secret: all of it, trimmed too, and each of its lines, since a log shows lines. */ function masksFor(
			secret,
		) {
			const lines = secret.split(/[\r\n]/).map((line) => line.trim());
			return [secret, secret.trim(), ...lines].filter((mask) => mask.trim() !== '');
		}
		/** Quotes, backticks and bars as well, for a value stands where Markdown is read too. */ function escapeHtml(
			text,
		) {
			return escapeTags(text).replace(/["'`|]/g, (character) => `&#${character.charCodeAt(0)};`);
		}
		function escapeTags(text) {
			return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
		}
		/** Why a run stops: a title, a cause and a remedy. It is made where the cause is known and shown in one place. */
		class Failure extends Error {
			name = 'Failure';
			title;
			/** `cause` is Error's own, and is for errors. */
			reason;
			remedy;
			details;
			constructor(title, reason, remedy, details = {}) {
				// Nothing from elsewhere: what an error says may be printed by somebody who makes nothing safe.
				super(title);
				this.title = title;
				this.reason = reason;
				this.remedy = remedy;
				this.details = details;
			}
			/** The same failure, with more told after its reason, and no other try worth it. */ withMore(
				more,
				remedy = this.remedy,
			) {
				return new Failure(this.title, message`${this.reason} ${more}`, remedy);
			}
		}
		// CONCATENATED MODULE: ./build/runner/files.js
		/**
		 * Writes outputs and variables. @actions/core frames each value with a random delimiter, so that none can pass for another.
		 * @throws Failure where a file is missing or can't be written; what was written by then is taken back
		 */
		function publish(outputs, variables) {
			const [set, exported] = [Object.entries(outputs), Object.entries(variables)];
			const files = [
				...(set.length > 0 ? [runnerFile('GITHUB_OUTPUT')] : []),
				...(exported.length > 0 ? [runnerFile('GITHUB_ENV')] : []),
			];
			try {
				for (const [name, value] of set) setOutput(name, value);
				for (const [name, value] of exported) exportVariable(name, value);
			} catch (error) {
				for (const file of files) takeBack(file);
				throw untaken(message`A file of the runner could not be written (${codeOf(error)}).`);
			}
		}
		/**
		 * Keeps texts for the post step.
		 * @throws Failure where the runner has no file for it, or it can't be written
		 */ function files_saveState(state) {
			runnerFile('GITHUB_STATE');
			try {
				for (const [name, value] of Object.entries(state)) saveState(name, value);
			} catch (error) {
				throw untaken(message`The runner's file for the state of the step could not be written (${codeOf(error)}).`);
			}
		}
		/** Adds HTML to the job summary; false where the runner has no file for it or it can't be written. The step goes on without. */ function appendToSummary(
			html,
		) {
			try {
				// Written here rather than by the summary of @actions/core, which every run would have to load.
				// Written here rather than by the summary of @actions/core, which every run would have to load.
				(0, external_node_fs_namespaceObject.appendFileSync)(process.env['GITHUB_STEP_SUMMARY'] ?? '', html);
				return true;
			} catch {
				return false;
			}
		}
		/** Without the file @actions/core would print the token for the runner to read, which newer runners ignore. */ function runnerFile(
			variable,
		) {
			const path = process.env[variable];
			if (!path) throw untaken(message`The runner does not say where to write (${variable} is not set).`);
			try {
				return { path, size: (0, external_node_fs_namespaceObject.statSync)(path).size };
			} catch {
				throw untaken(message`The file that ${variable} names is missing.`);
			}
		}
		/** A file that nothing was written to stays alone: it may be one that can't be shortened either. */ function takeBack({
			path,
			size,
		}) {
			if ((0, external_node_fs_namespaceObject.statSync)(path).size > size)
				(0, external_node_fs_namespaceObject.truncateSync)(path, size);
		}
		function untaken(reason) {
			return new Failure(
				'The runner did not take the token',
				reason,
				message`Run this action in a step of its own on a runner of GitHub, Gitea or Forgejo, and check the disk space of a self-hosted one.`,
			);
		}
		// CONCATENATED MODULE: ./build/runner/github.js
		/** Characters, the title's among them: the runner cuts off the rest (actions/runner, ExecutionContext.cs). */
		const LONGEST_ANNOTATION = 4096;
		/** GitHub's runner, and those of Gitea and Forgejo, which speak the same commands and files. */ function githubRunner() {
			const secrets = new Secrets(core_setSecret);
			const show = (text) => secrets.show(text);
			const annotate = (command) => (title, text) => command(show(text), { title: show(title) });
			return {
				secrets,
				log: {
					info: (line) => info(show(line)),
					debug: (line) => isDebug() && core_debug(show(line())),
					notice: annotate(notice),
					warning: annotate(warning),
				},
				input: (name) => getInput(name, { trimWhitespace: false }),
				variable: (name) => process.env[name] ?? '',
				environment: () => {
					const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('INPUT_'));
					return Object.fromEntries(entries);
				},
				publish,
				writeSummary: appendToSummary,
				saveState: files_saveState,
				state: (name) => getState(name),
				fail: (title, reason, advice) => {
					const whole = show(message`${reason} ${advice}`);
					const room = LONGEST_ANNOTATION - title.length;
					const tail = `… ${show(advice)}`;
					error(whole.length <= room ? whole : show(reason).slice(0, room - tail.length) + tail, { title });
				},
			};
		}
		// CONCATENATED MODULE: ./build/post.js
		const runner = githubRunner();
		// A cancel must not stop what undoes the login.
		for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
		const file = runner.state('cli-configuration');
		if (file) logOut({ file, environment: runner.state('cli-environment') }, runner.log);
	})();
	module.exports = __webpack_exports__;
})();
