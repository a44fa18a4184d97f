(() => {
	'use strict';
	var __webpack_exports__ = {};
	// CONCATENATED MODULE: ./build/base/errors.js
	/** The `code` of one of Node's errors, such as `ECONNRESET`; empty where there is none. Not every thrown value is an Error of this realm. */
	function codeOf(thrown) {
		const { code } = Object(thrown);
		return typeof code === 'string' ? code : '';
	}
	/** An error's message, or its code where it has none. */ function messageOf(thrown) {
		const { message } = Object(thrown);
		return typeof message === 'string' ? message || codeOf(thrown) : String(thrown);
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
		/**
		 * @param safe makes a value fit to be shown
		 * @param own escapes the message's own words, where that is needed
		 */ show(safe, own = (words) => words) {
			return this.words.reduce((shown, words, index) => {
				const value = this.values[index - 1];
				// Not `instanceof`: dist/cli.js has a class Message of its own.
				const text = typeof value === 'object' ? value.show(safe, own) : typeof value === 'string' ? safe(value) : value;
				return shown + (text ?? '') + own(words);
			}, '');
		}
		/** Shows no value, in case a message is printed by accident. */ toString() {
			return this.show(() => '\u2026');
		}
	}
	/** message`${host} answered HTTP ${status}.` */ function message(words, ...values) {
		return new Message(words, values);
	}
	/** Likewise, but a value from elsewhere does not compile. */ function message_words(own, ...values) {
		return new Message(own, values);
	}
	const external_node_fs_namespaceObject = require('node:fs');
	const external_node_path_namespaceObject = require('node:path');
	Date.UTC(1e4, 0);
	/**
	 * Parses `YYYY-MM-DD` (midnight UTC) or an ISO 8601 date-time with an offset, up to the year 9999 in UTC. `undefined` if no such day or
	 * time exists.
	 */ // CONCATENATED MODULE: ./build/base/json.js
	/** Parses a JSON object, without a byte order mark; `undefined` for any other text. */
	function parseObject(text) {
		try {
			const value = JSON.parse((text ?? '').replace(/^\uFEFF/, ''));
			// Parsing takes any depth, but writing throws: nothing works with what is nested that deeply.
			JSON.stringify(value);
			return isObject(value) ? value : void 0;
		} catch {
			return;
		}
	}
	function isObject(value) {
		return typeof value === 'object' && value !== null && !Array.isArray(value);
	}
	/** Text that is not blank. */ function textIn(value) {
		return typeof value === 'string' && value.trim() !== '' ? value : void 0;
	}
	/** A number, or a number as text. */ // CONCATENATED MODULE: ./build/cli/configuration.js
	/** An environment of the action's own, so that a developer's login on a self-hosted runner survives. */
	const ENVIRONMENT = 'github-actions';
	/** Where a CLI without a configuration starts. */ const DEFAULT_ENVIRONMENT = 'default';
	/** Far more than any configuration has. */ const LARGEST_FILE = 1048576;
	/** The Appcircle CLI's configuration file, written by its dependency `conf`. */ class configuration_Configuration {
		path;
		constructor(path) {
			this.path = path;
		}
		/** The environment to go back to in the end. The action's own is usually an earlier step's, which knows what was current before. */ get previous() {
			return textIn(this.values?.['current']) ?? DEFAULT_ENVIRONMENT;
		}
		/**
		 * Clears the token of the action's environment and goes back to another. Edits the file: the CLI could hang, fail or be gone by now.
		 * @returns the environment that is current then; `undefined` if there was nothing to undo
		 * @throws Error where the file can't be read or written, or is broken and may hold a token
		 */ logOut(previous) {
			if (!(0, external_node_fs_namespaceObject.existsSync)(this.path)) return;
			const target = (0, external_node_fs_namespaceObject.realpathSync)(this.path);
			try {
				return this.#clear(target, previous);
			} finally {
				removeDrafts(target);
			}
		}
		#clear(target, previous) {
			const text = this.#read();
			const values = parseObject(text);
			if (!values && /"AC_ACCESS_TOKEN"\s*:\s*"[^"]/.test(text)) throw new Error(`${this.path} is not valid JSON`);
			const ours = values && environmentIn(values);
			if (!values || (!ours?.['AC_ACCESS_TOKEN'] && values['current'] !== ENVIRONMENT)) return;
			const current = exists(previous, values) ? previous : DEFAULT_ENVIRONMENT;
			if (!ours?.['AC_ACCESS_TOKEN'] && current === ENVIRONMENT) return;
			const envs = ours ? { ...Object(values['envs']), [ENVIRONMENT]: { ...ours, AC_ACCESS_TOKEN: '' } } : values['envs'];
			replace(target, { ...values, current, envs });
			return current;
		}
		/** Reads a file alone: a device or a pipe has no end. */ #read() {
			const stat = (0, external_node_fs_namespaceObject.statSync)(this.path);
			return stat.isFile() && stat.size <= LARGEST_FILE ? (0, external_node_fs_namespaceObject.readFileSync)(this.path, 'utf8') : '';
		}
		/** `undefined` where there is none, or none that can be read. */ get values() {
			try {
				return parseObject(this.#read());
			} catch {
				return;
			}
		}
	}
	/** Where the CLI keeps its configuration (appcircle-cli, src/config.ts; env-paths with the suffix "nodejs"). */
	/** The action's own environment, if there is one. */
	function environmentIn({ envs }) {
		const ours = isObject(envs) ? envs[ENVIRONMENT] : void 0;
		return isObject(ours) ? ours : void 0;
	}
	/** A name with dots in it is nested: that is how `conf` reads dots. */ function exists(name, { envs }) {
		let found = envs;
		for (const part of name.split('.')) found = isObject(found) && Object.hasOwn(found, part) ? found[part] : void 0;
		return isObject(found) || (isObject(envs) && Object.hasOwn(envs, name));
	}
	/** Replaces a file, all or nothing: a full disk must not cost a developer their login. Throws an Error where it can't. */ function replace(target, values) {
		const draft = `${target}.tmp-${process.pid}-${Date.now()}`;
		try {
			(0, external_node_fs_namespaceObject.writeFileSync)(draft, JSON.stringify(values, void 0, '\t'), { mode: 384, flag: 'wx' });
			(0, external_node_fs_namespaceObject.renameSync)(draft, target);
		} finally {
			(0, external_node_fs_namespaceObject.rmSync)(draft, { force: true });
		}
	}
	/** Removes what a process that was killed had begun to write, tokens included: this action, or the CLI (atomically, which `conf` uses). */ function removeDrafts(
		target,
	) {
		try {
			const names = (0, external_node_fs_namespaceObject.readdirSync)((0, external_node_path_namespaceObject.dirname)(target)).filter((name) =>
				name.startsWith(`${(0, external_node_path_namespaceObject.basename)(target)}.tmp-`),
			);
			for (const name of names)
				(0, external_node_fs_namespaceObject.rmSync)(
					(0, external_node_path_namespaceObject.join)((0, external_node_path_namespaceObject.dirname)(target), name),
					{ force: true },
				);
		} catch {
			// Most folders have none, and not every folder lets them be listed.
		}
	}
	// CONCATENATED MODULE: ./build/cli/logout.js
	/** Logs the CLI out and goes back to the previous environment. Warns if it can't. */
	function logOut({ file, environment }, log) {
		try {
			const current = new configuration_Configuration(file).logOut(environment);
			if (current) log.info(message`Logged the Appcircle CLI out. Its environment is "${current}" again.`);
		} catch (error) {
			log.warning(
				message_words`The Appcircle CLI is still logged in`,
				message`Logging out failed: ${messageOf(error)}. On a self-hosted runner, remove the token from ${file} by hand. The token expires by itself.`,
			);
		}
	}
	/** Logs out what an earlier step logged in, whose token may be for another organization than the one that was asked for. */ const external_os_namespaceObject = require('os');
	// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
	function toCommandValue(input) {
		if (input === null || input === void 0) return '';
		else if (typeof input === 'string' || input instanceof String) return input;
		return JSON.stringify(input);
	}
	function utils_toCommandProperties(annotationProperties) {
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
		return toCommandValue(s).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/:/g, '%3A').replace(/,/g, '%2C');
	}
	const external_crypto_namespaceObject = require('crypto');
	const external_fs_namespaceObject = require('fs');
	// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
	function file_command_issueFileCommand(command, message) {
		const filePath = process.env[`GITHUB_${command}`];
		if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
		if (!external_fs_namespaceObject.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
		external_fs_namespaceObject.appendFileSync(filePath, `${toCommandValue(message)}${external_os_namespaceObject.EOL}`, { encoding: 'utf8' });
	}
	function prepareKeyValueMessage(key, value) {
		const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
		const convertedValue = toCommandValue(value);
		if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
		if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
		return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
	}
	URL;
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
	process;
	process;
	external_os_namespaceObject.platform();
	external_os_namespaceObject.arch();
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
		command_issueCommand('error', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
	}
	function warning(message, properties = {}) {
		command_issueCommand('warning', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
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
	/** 32 hexadecimal digits in five groups, as Appcircle writes them. */
	function isGuid(text) {
		return /^[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/.test(text);
	}
	// CONCATENATED MODULE: ./build/base/text.js
	const PRINTABLE_ASCII = /^[ -~]*$/;
	/** Reduces a text to what a reader sees, on one line: no control sequences or invisible characters, single blanks, 30 accents in a row at most. */ function visibleText(
		text,
	) {
		return (PRINTABLE_ASCII.test(text) ? text : withoutInvisible(text)).replace(/ {2,}/g, ' ').trim();
	}
	function withoutInvisible(text) {
		return text
			.replace(unicode('[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]'), '')
			.replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?)/g, '')
			.replace(unicode('[\\p{Cc}\\p{Z}\\u2800]'), ' ')
			.replace(unicode('(\\p{M}{30})\\p{M}+'), '$1');
	}
	/** Not a literal: Node would compile these slow ones at every start. */ const unicode = (pattern) => new RegExp(pattern, 'gu');
	// CONCATENATED MODULE: ./build/secrets/decode.js
	/** Levels of nested encodings. */
	const DEEPEST = 3;
	/** The shortest runs that can hold a secret of eight bytes. */ const HEX_RUN = /[\da-f]{16,}/gi;
	const BASE64_RUN = /[A-Za-z\d+/_-]{10,}/g;
	/** What can be text, in bytes that were decoded. */ const TEXT = /[^\uFFFD]{6,}/g;
	/** As Go and Java print bytes. */ const DECIMAL_BYTES = /(?:\d{1,3}[,; ]+){7,}\d{1,3}/g;
	/** Between the bytes of a hex dump. */ const HEX_SEPARATORS = /0x(?=[\da-f]{2})|[^\da-z]/gi;
	const MAY_ESCAPE = /[%&\\]/;
	const ESCAPE =
		/((?:(?:%|\\x)[\da-f]{2}|\\[0-3][0-7]{2})+)|[\\%]u([\da-f]{4})|\\[ux]\{0*([\da-f]{1,6})\}|&#x0*([\da-f]{1,6});?|&#0*(\d{1,7});?|&(\w{2,31});|\\([^\da-z])|\\[bfnrtv0]/gi;
	/** HTML's names for punctuation, each with its character. */ const NAMES =
		'amp& lt< gt> quot" apos\' excl! num# dollar$ percnt% lpar( rpar) ast* midast* plus+ comma, period. sol/ colon: semi; equals=\n  quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] Hat^ lowbar_ UnderBar_ grave` lcub{ lbrace{ vert| verbar| VerticalLine| rcub}\n  rbrace} hyphen- dash- tilde~ nbsp\xa0';
	const CHARACTERS = new Map(NAMES.split(/[ \n]+/).map((entry) => [entry.slice(0, -1).toLowerCase(), entry.slice(-1)]));
	/** Drops what comparing ignores: capitals, blanks, invisible characters, and `+`, which is a blank in forms. */ function fold(text) {
		return squeezed(visibleText(text));
	}
	function squeezed(visible) {
		return (/[^ -~]/.test(visible) ? visible.normalize('NFKC') : visible).replace(/[ +]/g, '').toLowerCase();
	}
	/** Undoes percent-encoding and the escapes of JSON, HTML, programming languages and shells. Drops blanks. */ function unescaped(
		text,
		kind = ESCAPE,
		charset = 'utf8',
	) {
		if (!MAY_ESCAPE.test(text)) return solid(text);
		return solid(text).replace(kind, (_whole, bytes, u, brace, hex, decimal, name, itself) => {
			if (bytes) return Buffer.from(bytes.match(/[\da-f]{2,3}/gi).map(byteOf)).toString(charset);
			const code = decimal ? Number(decimal) : Number.parseInt(u ?? brace ?? hex, 16);
			if (code <= 1114111) return String.fromCodePoint(code);
			if (name) return CHARACTERS.get(name.toLowerCase()) ?? '';
			return itself ?? ' ';
		});
	}
	/** Finds secrets in nested encodings. Linear in the text, which is bounded. */ function hidesAny(sought, text) {
		const seen = new Set([text, solid(text)]);
		let layer = [text];
		for (let depth = 0; depth < DEEPEST; depth++) {
			const decoded = layer.flatMap(decodings).filter((each) => !seen.has(each) && seen.add(each));
			layer = decoded.map(visibleText);
			for (const visible of layer) {
				seen.add(visible).add(solid(visible));
				const looks = `${squeezed(visible)}\n${visible.toLowerCase()}`;
				if (sought.some((secret) => looks.includes(secret))) return true;
			}
		}
		return false;
	}
	/** Blanks may break up an encoding. */ const solid = (text) => text.replaceAll(' ', '');
	/** Base64 and hex mean something else from each offset; from the wrong one, hardly any of it is text. */ function decodings(text) {
		const base64 = solid(text).match(BASE64_RUN) ?? [];
		const hex = solid(text).replace(HEX_SEPARATORS, '').match(HEX_RUN) ?? [];
		const decimal = (text.match(DECIMAL_BYTES) ?? []).map((run) => Buffer.from(run.split(/\D+/).map(Number)).toString());
		const from = (runs, offset, encoding) => runs.flatMap((run) => Buffer.from(run.slice(offset), encoding).toString().match(TEXT) ?? []).join('\n');
		// All, and one kind alone, for secrets that hold what looks like an escape of another.
		const kinds = MAY_ESCAPE.test(text) ? ['', '%', '\\\\', '&'] : [];
		const escapes = kinds.map((start) => unescaped(text, new RegExp(`(?=${start})(?:${ESCAPE.source})`, 'gi')));
		return [
			...escapes,
			...escapes.slice(0, 1).flatMap((all) => [unescaped(all), unescaped(text, ESCAPE, 'latin1')]),
			...decimal,
			...[0, 1, 2, 3].map((offset) => from(base64, offset, 'base64')),
			...[0, 1].map((offset) => from(hex, offset, 'hex')),
		];
	}
	/** Three digits are octal. */ const byteOf = (digits) => Number.parseInt(digits, digits.length === 3 ? 8 : 16);
	// CONCATENATED MODULE: ./build/secrets/secret.js
	/** Shorter ones match ordinary words once blanks and capitals are ignored. */
	const SHORTEST_FOLDED = 6;
	/** Shorter ones turn up by chance in decoded text. */ const SHORTEST_HIDDEN = 8;
	/** The beginning is enough to find it. */ const LONGEST_SOUGHT = 64;
	/** Holds that beginning, whatever escapes it is written in. */ const LONGEST_READ = 4096;
	class Secret {
		#forms;
		#folded;
		#text;
		#hidden;
		constructor(text) {
			this.#forms = [...new Set([text, visibleText(text)])].filter((form) => form !== '');
			const beginning = fold(text.slice(0, 4 * LONGEST_SOUGHT));
			this.#folded = beginning.length > LONGEST_SOUGHT ? beginning : fold(text);
			this.#text = text;
		}
		/** What to look for in text decoded from so many characters. */ hiddenIn(length) {
			// Spares most runs the work: no escape takes more than twelve characters for one.
			if (this.#text.length > 12 * length || this.#text.length < SHORTEST_HIDDEN) return [];
			this.#hidden ??= hiddenForms(visibleText(this.#text).slice(0, LONGEST_READ));
			return this.#hidden
				.filter((form) => form.length >= SHORTEST_FOLDED && form.length <= length)
				.map((form) => form.slice(Math.min(Math.max(form.length - SHORTEST_HIDDEN, 2), 7), LONGEST_SOUGHT));
		}
		/** Finds it letter by letter or else with other blanks and capitals. */ rangesIn(line, folded) {
			const exact = this.#forms.flatMap((form) => occurrences(line, form));
			if (exact.length > 0) return exact;
			const sought = this.#folded.slice(0, LONGEST_SOUGHT);
			if (sought.length < SHORTEST_FOLDED || !folded.includes(sought)) return [];
			const letters = [...sought].map((letter) => letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'));
			const found = [...line.matchAll(new RegExp(letters.join('[ +]*'), 'giu'))];
			// The place of one with letters such as U+0130, which is two in small, is unknown.
			const [first] = found;
			if (!first || found.length < occurrences(folded, sought).length) return [[0, line.length]];
			// So is the end of a long one.
			if (this.#folded.length > LONGEST_SOUGHT) return [[first.index, line.length]];
			return found.map(({ index, 0: text }) => [index, index + text.length]);
		}
	}
	function hiddenForms(text) {
		return [...new Set([fold(text), fold(unescaped(text)), text.toLowerCase()])];
	}
	/** Whether a text, of which so many characters are foreign, holds a secret in some encoding. */ function hidesSecret(text, foreign, secrets) {
		const sought = secrets.flatMap((secret) => secret.hiddenIn(foreign));
		return sought.length > 0 && hidesAny(sought, text);
	}
	/** Replaces secrets by `***`. */ function withoutSecrets(line, secrets) {
		const once = cover(line, secrets);
		// A secret may be there in capitals as well.
		return once === line ? line : cover(once, secrets);
	}
	/** Includes occurrences that overlap; those are one range. */ function occurrences(line, form) {
		const found = [];
		for (let at = line.indexOf(form); at >= 0; at = line.indexOf(form, at + 1)) {
			const last = found.at(-1);
			if (last && at <= last[1]) last[1] = at + form.length;
			else found.push([at, at + form.length]);
		}
		return found;
	}
	function cover(line, secrets) {
		const folded = fold(line);
		const ranges = secrets.flatMap((secret) => secret.rangesIn(line, folded));
		let covered = '';
		let done = -1;
		for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
			if (start > done) covered += `${line.slice(Math.max(done, 0), start)}***`;
			done = Math.max(done, end);
		}
		return covered + line.slice(Math.max(done, 0));
	}
	// CONCATENATED MODULE: ./build/secrets/secrets.js
	const SHOWN = 300;
	const MOST_KNOWN = 500;
	/** Room for what is shown, and for a secret behind it in nested encodings. */ const SEARCHED = 4096;
	/** More is not read, however few of its characters are visible. */ const READ = 65536;
	/** Shown for a text with an encoded secret, since its place in the text is unknown. */ const LEFT_OUT = '[left out: it may hold a secret]';
	/** Announces secrets to the runner, and keeps them out of everything that the action shows. */ class Secrets {
		#announce;
		#known = new Set();
		#secrets = [];
		/** @param announce masks a secret in the log of the job */
		constructor(announce) {
			this.#announce = announce;
		}
		add(texts, most = Number.POSITIVE_INFINITY) {
			const found = new Set(texts.flatMap(masksFor).filter((mask) => !this.#known.has(mask)));
			// Each of them takes time to look for: a list of many pages must not add up to more than a run can bear.
			if (found.size > most || (most < Number.POSITIVE_INFINITY && this.#known.size + found.size > MOST_KNOWN)) return false;
			for (const text of found) {
				this.#known.add(text);
				this.#secrets.push(new Secret(text));
				this.#announce(text);
			}
			return true;
		}
		show(message) {
			let foreign = 0;
			const values = message.show((value) => {
				foreign += lengthOf(value);
				return this.#safe(value);
			});
			// A secret may be split over two values, so the whole line is checked again.
			const line = withoutSecrets(values, this.#secrets);
			return hidesSecret(line, foreign, this.#secrets) ? message.show(() => LEFT_OUT) : line;
		}
		/** Values go into `<code>`, where GitHub neither renders Markdown nor makes links; all of a line with a split secret does. */ showAsHtml(message) {
			const safe = (value) => this.#safe(value);
			const line = this.show(message);
			return line === message.show(safe) ? message.show((value) => code(safe(value)), escapeTags) : code(line);
		}
		/** Makes text of a server or a user safe: at most 300 characters, no secrets, no workflow commands. */ #safe(text) {
			const secrets = this.#secrets;
			const foreign = lengthOf(text);
			const visible = boundedText(text);
			if (visible === void 0) return LEFT_OUT;
			const safe = withoutSecrets(visible, secrets);
			// Where a secret was replaced, it may have been a piece of another one's encoding.
			const others = safe === visible ? [] : secrets.filter((secret) => withoutSecrets(visible, [secret]) === visible);
			const hides = hidesSecret(safe, foreign, secrets) || hidesSecret(visible, foreign, others);
			return hides ? LEFT_OUT : harmless(safe);
		}
	}
	/** Characters of a secret that a value can hold. Most runs show only GUIDs, dates and names. */ function lengthOf(value) {
		return isGuid(value) ? 16 : /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/.test(value) ? 0 : value.length;
	}
	/** Lines too, since a log shows lines. */ function masksFor(secret) {
		const lines = secret.split(/[\r\n]/).map((line) => line.trim());
		return [secret, secret.trim(), ...lines].filter((mask) => mask.trim() !== '');
	}
	function code(text) {
		const escaped = escapeTags(text).replace(/["'`|]/g, (character) => `&#${character.charCodeAt(0)};`);
		return `<code>${escaped}</code>`;
	}
	function escapeTags(text) {
		return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	}
	/** The visible beginning of a text; `undefined` if so little is visible that the rest may hide something. */ function boundedText(text) {
		const visible = visibleText(text.slice(0, READ));
		return text.length > READ && visible.length < SEARCHED ? void 0 : visible.slice(0, SEARCHED);
	}
	/** Shortens a text, takes JWTs out, and keeps it from starting a workflow command. */ function harmless(text) {
		const safe = text
			.replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***')
			.replaceAll('##[', '## [')
			.replace(/^::/, ': :');
		return safe.length <= SHOWN ? safe : `${safe.slice(0, SHOWN - 1).replace(/[\uD800-\uDBFF]$/, '')}\u2026`;
	}
	// CONCATENATED MODULE: ./build/runner/annotations.js
	/** Characters, title included: the runner cuts the rest (actions/runner, ExecutionContext.cs). */
	const LONGEST_ANNOTATION = 4096;
	/** Shows the one red line. If it is too long, the reason is cut. */ function annotateFailure(title, reason, advice, show) {
		const whole = show(message`${reason} ${advice}`);
		const room = LONGEST_ANNOTATION - title.length;
		const tail = `\u2026 ${show(advice)}`;
		error(whole.length <= room ? whole : show(reason).slice(0, room - tail.length) + tail, { title });
	}
	/** Why a run stops. Made where the reason is known, shown in one place. */
	class Failure extends Error {
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
			return new Failure(this.title, message`${this.reason} ${more}`, remedy);
		}
	}
	// CONCATENATED MODULE: ./build/runner/files.js
	/**
	 * Writes outputs and variables, framed by @actions/core with random delimiters, so that no value can pass for another.
	 * @throws Failure where a file is missing or can't be written; what was written is taken back
	 */
	function publish(outputs, variables) {
		const [set, exported] = [Object.entries(outputs), Object.entries(variables)];
		const files = [...(set.length > 0 ? [runnerFile('GITHUB_OUTPUT')] : []), ...(exported.length > 0 ? [runnerFile('GITHUB_ENV')] : [])];
		const before = { ...process.env };
		try {
			for (const [name, value] of set) setOutput(name, value);
			for (const [name, value] of exported) exportVariable(name, value);
		} catch (error) {
			for (const file of files) takeBack(file);
			// @actions/core sets a variable in this process before it writes the file, and it would pass for an earlier step's.
			for (const [name] of exported) process.env[name] = before[name] ?? '';
			throw untaken(message`A file of the runner could not be written (${codeOf(error)}).`);
		}
	}
	/** Keeps texts for post. Throws a Failure where the runner has no file for it or it can't be written. */ function files_saveState(state) {
		runnerFile('GITHUB_STATE');
		try {
			for (const [name, value] of Object.entries(state)) saveState(name, value);
		} catch (error) {
			throw untaken(message`The runner's file for the state of the step could not be written (${codeOf(error)}).`);
		}
	}
	/** Adds to the job summary. Returns false where there is none or it can't be written: the step goes on without. */ function appendToSummary(html) {
		try {
			// Not with the summary of @actions/core, which every run would have to load.
			// Not with the summary of @actions/core, which every run would have to load.
			(0, external_node_fs_namespaceObject.appendFileSync)(process.env['GITHUB_STEP_SUMMARY'] ?? '', html);
			return true;
		} catch {
			return false;
		}
	}
	/** A file and its size by now. Without one @actions/core would print the token for the runner to read, which newer runners ignore. */ function runnerFile(
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
	/** Leaves an unchanged file alone: it may be one that can't be truncated either. */ function takeBack({ path, size }) {
		if ((0, external_node_fs_namespaceObject.statSync)(path).size > size) (0, external_node_fs_namespaceObject.truncateSync)(path, size);
	}
	function untaken(reason) {
		return new Failure(
			'The runner did not take the token',
			reason,
			message`Run this action in a step of its own on a runner of GitHub, Gitea or Forgejo, and check the disk space of a self-hosted one.`,
		);
	}
	// CONCATENATED MODULE: ./build/runner/github.js
	/** GitHub's runner, and those of Gitea and Forgejo, which speak the same commands and files. */
	function githubRunner() {
		const secrets = new Secrets(core_setSecret);
		const show = (text) => secrets.show(text);
		const log = {
			info: (line) => info(show(line)),
			debug: (line) => isDebug() && core_debug(show(line())),
			warning: (title, text) => warning(show(text), { title: show(title) }),
		};
		return {
			secrets,
			log,
			publish,
			saveState: files_saveState,
			writeSummary: appendToSummary,
			/** As it came, not even trimmed; empty if unset. */
			input: (name) => getInput(name, { trimWhitespace: false }),
			/** Empty if unset. */
			variable: (name) => process.env[name] ?? '',
			/** Empty if main kept nothing. */
			state: (name) => getState(name),
			/** This process's environment without the inputs, which hold the key, and the runner's own tokens. */
			environment: () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(INPUT|ACTIONS)_/.test(name))),
			fail: (title, reason, advice) => annotateFailure(title, reason, advice, show),
		};
	}
	// CONCATENATED MODULE: ./build/post.js
	const runner = githubRunner();
	// A cancel must not stop what undoes the login.
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
	const file = runner.state('cli-configuration');
	// Nothing but a configuration of the CLI is ever touched, whatever the state says.
	if (/@appcircle[\\/]cli-nodejs[\\/](Config[\\/])?config\.json$/.test(file)) logOut({ file, environment: runner.state('cli-environment') }, runner.log);
	module.exports = __webpack_exports__;
})();
