(() => {
	'use strict';
	var __webpack_exports__ = {};
	// CONCATENATED MODULE: ./build/base/foreign.js
	/**
	 * A text that a server, the Appcircle CLI or Node wrote, or that may be a key in the wrong place. A `Message` shows the words of it
	 * alone, see src/secrets/words.ts. Only what judges answers, errors and output reads `raw` (scripts/check-house.ts).
	 */
	class Foreign {
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
	/** What an error says, or its code. Node quotes servers in it. */ function errors_errorText(thrown) {
		const { message } = Object(thrown);
		if (typeof message !== 'string') return new Foreign(String(thrown));
		// Without the numbers and the file in `error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/x.c:77:`.
		const [, openssl] = /:error:\w+:[^:]*:[^:]*:([^:]+):/.exec(message) ?? [];
		return new Foreign(openssl || message || codeOf(thrown));
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
	const external_node_crypto_namespaceObject = require('node:crypto');
	// CONCATENATED MODULE: ./build/appcircle/token-variable.js
	/** The variable that has the token: in the environment of later steps, and in the configuration of the Appcircle CLI. */
	const TOKEN_VARIABLE = 'AC_ACCESS_TOKEN';
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
		return new Foreign(value);
	}
	/** A finite number, or one as text. */ const external_node_fs_namespaceObject = require('node:fs');
	const external_node_path_namespaceObject = require('node:path');
	// CONCATENATED MODULE: ./build/cli/configuration-file.js
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
	/** Why a run stops. Made where the reason is known, shown in one place. */
	class failure_Failure extends Error {
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
			return new failure_Failure(this.title, message_message`${this.reason} ${more}`, remedy);
		}
	}
	// CONCATENATED MODULE: ./build/cli/configuration.js
	/** An environment of the action's own, so that a developer's login on a self-hosted runner survives. */
	const ENVIRONMENT = 'github-actions';
	/** Where a CLI without a configuration starts. */ const DEFAULT_ENVIRONMENT = 'default';
	/**
	 * Finds the CLI's configuration, which need not be there yet.
	 * @throws Failure where it is at no absolute path or can't be read
	 */
	/**
	 * The Appcircle CLI's configuration file, written by its dependency `conf`. At its top level stands the way back, as
	 * `"github-actions": {"previous": "work"}`: `config add` replaces the environment's own entry, and `conf` keeps keys that it doesn't know.
	 * What reads or writes the file throws an Error where it can't.
	 */
	class configuration_Configuration {
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
		const isKnown = typeof previous === 'string' && exists(previous, values);
		if (isKnown && previous !== ENVIRONMENT) return previous;
		return DEFAULT_ENVIRONMENT;
	}
	/** A name with dots in it may be nested: that is how `conf` reads dots. */ function exists(name, { envs }) {
		if (isObject(envs) && Object.hasOwn(envs, name)) return true;
		let found = envs;
		for (const part of name.split('.')) {
			if (!isObject(found) || !Object.hasOwn(found, part)) return false;
			found = found[part];
		}
		return isObject(found);
	}
	// CONCATENATED MODULE: ./build/cli/logout.js
	/** Logs the CLI out at the end of the job, and goes back to the environment that was current. Warns where a token is left. */
	function logOut({ file, digest, isStored }, log) {
		const configuration = new configuration_Configuration(file);
		try {
			const current = configuration.goBack(digest);
			if (current !== void 0) log.info(message_message`Logged the Appcircle CLI out. Its environment is "${new Foreign(current)}" again.`);
		} catch (error) {
			// Where the file can't be read, main's state says whether a token is in it.
			if (configuration.holdsToken ?? isStored) warn(file, error, log);
		}
	}
	/**
	 * Logs the CLI out once a step has failed: the token of an earlier step may be for another organization than the one that was asked for.
	 * Its environment stays current until post, so that later steps don't work with the developer's own login.
	 */ function warn(file, error, log) {
		log.warning(
			message_words`The Appcircle CLI is still logged in`,
			message_message`Logging out failed: ${errors_errorText(error)}. On a self-hosted runner, remove the token from ${file} by hand. The token expires by itself.`,
		);
	}
	const external_os_namespaceObject = require('os');
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
	// CONCATENATED MODULE: ./build/base/text.js
	const PRINTABLE_ASCII = /^[ -~]*$/;
	/**
	 * Reduces a text to what a reader sees, on one line: in NFC, with single blanks, without control sequences and invisible characters, and
	 * with 30 accents in a row at most.
	 */ function visibleText(text) {
		const visible = PRINTABLE_ASCII.test(text) ? text : normalized(text);
		return visible.replace(/ {2,}/g, ' ').trim();
	}
	/** Leaves out what has no width, marks the direction of writing, or stands for no character. */ function withoutInvisible(text) {
		if (PRINTABLE_ASCII.test(text)) return text;
		const invisible = unicode('[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]');
		return text.replace(invisible, '');
	}
	function normalized(text) {
		return withoutInvisible(text)
			.replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?)/g, '')
			.replace(unicode('[\\p{Cc}\\p{Z}\\u2800]'), ' ')
			.replace(unicode('(\\p{M}{30})\\p{M}+'), '$1')
			.normalize('NFC');
	}
	/** Not a literal: Node would compile these slow ones at every start. */ const unicode = (pattern) => new RegExp(pattern, 'gu');
	// CONCATENATED MODULE: ./build/secrets/masks.js
	/** A key has one line. Of a file that was pasted in its place, the runner masks the rest. */
	const MOST_LINES = 50;
	/** The forms in which a secret is masked: as it is, trimmed, and each of its lines, since a log shows lines. */ function masksFor(secret) {
		const lines = secret.split(/[\r\n]/, MOST_LINES).map((line) => line.trim());
		return [secret, secret.trim(), ...lines].filter((mask) => mask.trim() !== '');
	}
	// CONCATENATED MODULE: ./build/secrets/redact.js
	/** The beginning is enough to find a secret, and all that is kept of it: tokens may be long, and many. */
	const LONGEST_SOUGHT = 64;
	/** Holds that beginning, whatever is invisible in it. */ const LONGEST_READ = 4096;
	/** Something to keep out of what is shown: letter by letter, and with other capitals or blanks. */ class Secret {
		#beginning;
		#isWhole;
		constructor(text) {
			const letters = lettersOf(visibleText(text.slice(0, LONGEST_READ)));
			this.#beginning = letters.slice(0, LONGEST_SOUGHT);
			this.#isWhole = letters.length <= LONGEST_SOUGHT && text.length <= LONGEST_READ;
		}
		/** Whether both are found in the same places: signs don't count. */ equals(other) {
			return this.#beginning === other.#beginning && this.#isWhole === other.#isWhole;
		}
		isIn(letters) {
			return this.#beginning !== '' && letters.includes(this.#beginning);
		}
		/** Marks the characters of a line that it stands in. */ markIn({ letters, places }, marks) {
			const sought = this.#beginning;
			let at = letters.indexOf(sought);
			// The end of a long one is unknown, so all that follows is taken for it.
			if (at >= 0 && !this.#isWhole) {
				marks.fill(1, places[at]);
				return;
			}
			while (at >= 0) {
				const last = places[at + sought.length - 1] ?? 0;
				marks.fill(1, places[at], last + 1);
				at = letters.indexOf(sought, at + 1);
			}
		}
	}
	/** Replaces secrets by `***`. */ function redact(text, secrets) {
		const letters = lettersOf(text);
		const found = secrets.filter((secret) => secret.isIn(letters));
		if (found.length === 0) return text;
		const characters = [...text];
		const places = characters.flatMap((character, place) => Array(lettersOf(character).length).fill(place));
		const marks = new Uint8Array(characters.length);
		for (const secret of found) secret.markIn({ letters, places }, marks);
		const shown = characters.map((character, place) => {
			if (!marks[place]) return character;
			return marks[place - 1] ? '' : '***';
		});
		return shown.join('');
	}
	/** Letters and digits, all small: blanks and signs may stand between those of a key. */ function lettersOf(text) {
		if (/^[ -~]*$/.test(text)) return text.replace(/[^A-Za-z\d]/g, '').toLowerCase();
		const small = text.replace(/[^\p{L}\p{M}\p{N}]/gu, '').toLowerCase();
		// The Turkish letters i are one here, and so are the Greek letters s.
		return small.replaceAll('\u0307', '').replaceAll('\u0131', 'i').replaceAll('\u03c2', '\u03c3');
	}
	// CONCATENATED MODULE: ./build/secrets/word.js
	const MOST_PARTS = 12;
	/** As many as a version has. */ const MOST_NUMBERS = 4;
	/** Of single letters and digits. */ const MOST_SINGLE = 4;
	/** Letters and digits of `IDX10223`, `v3`, `AADSTS7000215`. */ const LONGEST_MIXED = 16;
	/** The same with what stands between them. */ const LONGEST_MIXED_WHOLE = 20;
	const LONGEST_CAMEL_CASE = 40;
	const SHORTEST_HUMP = 3;
	/** Reads what stands between two gaps: one word, or two, since `name=` ahead of a word is a word of its own. */ function readWords(text) {
		const [name] = patterns().nameAhead.exec(text) ?? [];
		if (name === void 0) return [readWord(text)];
		const value = readWord(text.slice(name.length));
		// A key may have "=" in it.
		if (value.kind === 'mixed' && !isShort(text)) value.kind = 'hidden';
		return [readWord(name), value];
	}
	function readWord(text) {
		const [, before = '', core = '', after = ''] = patterns().edges.exec(text) ?? [];
		const word = { before, core, after, kind: kindOf(core) };
		// What an ellipsis cuts is the beginning of something longer.
		const isCut = /\u2026|\.\.\./.test(after);
		if (isCut && (word.kind === 'mixed' || hasDigits(word))) word.kind = 'hidden';
		return word;
	}
	function kindOf(core) {
		const { misread, between, host } = patterns();
		if (core === '') return 'punctuation';
		if (isFormatted(core)) return 'formatted';
		if (misread.test(core)) return 'hidden';
		const parts = core.split(between).filter((part) => part !== '');
		if (parts.length === 0 || parts.length > MOST_PARTS) return 'hidden';
		const numbers = parts.filter((part) => /^\d+$/.test(part));
		if (numbers.length > MOST_NUMBERS) return 'hidden';
		const odd = parts.filter((part) => !isPlain(part));
		const isSpelled = parts.filter((part) => part.length === 1).length > MOST_SINGLE;
		const isLongNumber = numbers.join('').length > LONGEST_MIXED;
		if (odd.length === 0 && !isSpelled && !isLongNumber) return 'plain';
		if (isShort(core)) return 'mixed';
		if (host.test(core) && odd.join('').length <= LONGEST_MIXED) return 'plain';
		return 'hidden';
	}
	function isFormatted(core) {
		const { guid, when, ipv4, ipv6 } = patterns();
		if (guid.test(core) || when.test(core) || ipv4.test(core)) return true;
		// Bytes in hex have two digits each, and none are left out.
		return ipv6.test(core) && /::|[\da-f]{3}/i.test(core);
	}
	function isPlain(part) {
		const { number, small, numbered, capitals, caseless } = patterns();
		if ([number, small, numbered, capitals, caseless].some((form) => form.test(part))) return true;
		return isCamelCase(part);
	}
	function isCamelCase(part) {
		const { camelCase, hump } = patterns();
		if (part.length > LONGEST_CAMEL_CASE || !camelCase.test(part)) return false;
		const humps = part.match(hump) ?? [];
		const average = humps.join('').length / humps.length;
		return average >= SHORTEST_HUMP;
	}
	/** Whether so few letters and digits are in a text that it is no key. */ function isShort(text) {
		return alphanumeric(text).length <= LONGEST_MIXED && text.length <= LONGEST_MIXED_WHOLE;
	}
	function alphanumeric(text) {
		return text.replace(patterns().noLetterOrDigit, '');
	}
	function isSingle({ core }) {
		return patterns().single.test(core);
	}
	function hasDigits({ core }) {
		return /\d/.test(core);
	}
	/** Whether its letters and digits, or capitals and small letters, are mixed as in a key. */ function looksRandom({ core, kind }) {
		return kind === 'mixed' || patterns().innerCapital.test(core);
	}
	/** What of a word may be a piece of a key: its letters and digits. Of a word of a language, its digits alone. */ function pieceOf(word) {
		if (word.kind === 'plain' && !isSingle(word)) return word.core.replace(/\D/g, '');
		return alphanumeric(word.core);
	}
	let compiled;
	/** Compiled on first use: patterns of Unicode are slow to compile, and most runs show nothing of others. */ function patterns() {
		compiled ??= compile();
		return compiled;
	}
	function compile() {
		const { raw } = String;
		const pattern = (source, flags = 'u') => new RegExp(source, flags);
		const day = raw`(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})`;
		const time = raw`\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:[AaPp][Mm])?`;
		const offset = raw`(?:UTC|GMT)?[+\-]\d{1,2}(?::?\d\d)?`;
		const zone = raw`(?:Z|${offset})`;
		const edge = raw`[\p{P}\p{S}\p{Z}]{0,8}`;
		const letter = raw`[\p{Ll}\p{Lu}\d]`;
		const name = raw`\p{L}{2,11}(?:[_.\-]\p{L}{2,11}){0,3}`;
		return {
			/** A key may be written in punctuation too (Ascii85), so that only so much of it is an edge. */
			edges: pattern(raw`^(${edge})(.*?)(${edge})$`),
			/** `client_id=`, with a letter, a digit or a quote behind it. */
			nameAhead: pattern(raw`^[\p{P}\p{S}]{0,2}${name}=(?=["'(]?[\p{L}\p{N}])`),
			guid: pattern(raw`^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$`, 'i'),
			when: pattern(raw`^(?:${day}(?:[T_]${time}${zone}?)?|${time}${zone}?|${offset})$`),
			ipv4: pattern(raw`^(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2}|:\d{1,5})?$`, ''),
			ipv6: pattern(raw`^[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?:/\d{1,3}|\]:\d{1,5})?$`, 'i'),
			/** With or without scheme, user, port and path. */
			host: pattern(raw`^(?:[a-z]{2,10}://)?(?:[a-z\d._+\-]+@)?[a-z\d\-]+(?:\.[a-z\d\-]+)+(?::\d{1,5})?(?:/[a-z\d._/\-]*)?$`, ''),
			/** Between the parts of a word, and where a script without capitals meets another. */
			between: pattern(raw`[._:,@&/\\'\u2019+()\u2010-\u2015\-]|(?<=\p{Lo})(?=${letter})|(?<=${letter})(?=\p{Lo})`),
			/** `v1` too. */
			number: /^v?\d+$/,
			small: pattern(raw`^[\p{Ll}\p{Lu}][\p{Ll}\p{M}]{0,29}$`),
			/** `oauth2`, `sha256` */
			numbered: pattern(raw`^[\p{Ll}\p{Lu}][\p{Ll}\p{M}]{2,8}\d{1,3}$`),
			capitals: pattern(raw`^[\p{Lu}\p{M}]{1,20}$`),
			caseless: pattern(raw`^[\p{Lo}\p{Lm}\p{M}]{1,40}$`),
			/** `errorDescription`, `SSLHandshakeException` */
			camelCase: pattern(raw`^(?:\p{Lu}{2,4}|[\p{Ll}\p{M}]+)?(?:\p{Lu}[\p{Ll}\p{M}]+)+$`),
			innerCapital: pattern(raw`\p{Ll}\p{Lu}`),
			single: pattern(raw`^[\p{Ll}\p{Lu}\d]$`),
			/** Rare ideographs, which bytes of ASCII look like in UTF-16. */
			misread: pattern(raw`[\u3400-\u4dbf]`),
			hump: pattern(raw`\p{Lu}?[\p{Ll}\p{M}]+`, 'gu'),
			noLetterOrDigit: pattern(raw`[^\p{L}\p{M}\p{N}]`, 'gu'),
		};
	}
	// CONCATENATED MODULE: ./build/secrets/words.js
	/** Of dates, times, addresses and GUIDs. */
	const MOST_FORMATTED = 4;
	/** Letters and digits of what may be pieces of a key, in a row. */ const MOST_IN_PIECES = 11;
	/** Blanks, and the punctuation of scripts that write without any. */ const GAPS =
		/([ \u201c\u201d\u3000-\u303f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]+)/;
	/**
	 * Shows the words of a text that somebody else wrote, and an ellipsis for all that could be a key, a token or an encoding of one. The
	 * rule is about what words look like. It asks nothing of any secret. docs/FOR-SECURITY-TEAMS.md says what it lets through.
	 * @param isCut whether the last word is only the beginning of one: that of a key may look like a word
	 */ function wordsOf(text, isCut = false) {
		// The gaps are read too, as words that are punctuation alone.
		const words = text.split(GAPS).flatMap(readWords);
		if (isCut) hide(words.slice(-1));
		hide(words.filter(({ kind }) => kind === 'formatted').slice(MOST_FORMATTED));
		for (const row of rowsOfPieces(words)) if (mayBeKey(row)) hide(row);
		return words.map(show).join('');
	}
	/** Pieces in a row, with nothing but punctuation, dates and addresses in between: lines of an encoding, bytes, single letters. */ function rowsOfPieces(
		words,
	) {
		const rows = [[]];
		for (const word of words) {
			if (word.kind === 'punctuation' || word.kind === 'formatted') continue;
			if (isPiece(word)) rows.at(-1)?.push(word);
			else rows.push([]);
		}
		return rows;
	}
	function isPiece(word) {
		if (word.kind === 'hidden') return true;
		return isSingle(word) || hasDigits(word) || looksRandom(word);
	}
	function mayBeKey(row) {
		if (row.some(({ kind }) => kind === 'hidden')) return true;
		return row.length > 1 && row.map(pieceOf).join('').length > MOST_IN_PIECES;
	}
	function hide(words) {
		for (const word of words) word.kind = 'hidden';
	}
	function show({ before, core, after, kind }) {
		const shown = kind === 'hidden' ? '\u2026' : core;
		return before + shown + after;
	}
	// CONCATENATED MODULE: ./build/secrets/secrets.js
	const LONGEST_SHOWN = 300;
	/** Room for what is shown, whatever is invisible in it, and for secrets that `***` makes shorter. */ const secrets_LONGEST_READ = 16384;
	/** Announces secrets to the runner, and keeps them out of everything that the action shows. */ class Secrets {
		#announce;
		#secrets = [];
		/** @param announce masks a secret in the log of the job */
		constructor(announce) {
			this.#announce = announce;
		}
		add(texts) {
			for (const text of new Set(texts.flatMap(masksFor))) {
				this.#announce(text);
				const secret = new Secret(text);
				// Each costs time whenever something is shown.
				if (!this.#secrets.some((known) => known.equals(secret))) this.#secrets.push(secret);
			}
		}
		show(message) {
			// A secret may be split over two values, so the whole line is searched again.
			return withoutCommands(redact(message.show(this.#safe), this.#secrets));
		}
		/** Values go into `<code>`, where GitHub neither renders Markdown nor makes links. */ showAsHtml(message) {
			const line = this.show(message);
			const isSplit = line !== message.show(this.#safe);
			// No value has the `***` of a secret that is split over two, so all of the line is one value.
			if (isSplit) return code(line);
			return message.show((value) => code(this.#safe(value)), withLinks);
		}
		/** Makes a value safe: one line of at most 300 characters, without secrets. Of foreign text, words alone. */ #safe = (value) => {
			if (typeof value === 'string') return shortened(this.#line(value));
			const line = this.#line(value.raw);
			if (line.length <= LONGEST_SHOWN) return wordsOf(line);
			return wordsOf(line.slice(0, LONGEST_SHOWN - 1), true);
		};
		#line(text) {
			const visible = visibleText(text.slice(0, secrets_LONGEST_READ));
			return withoutCommands(redact(visible, this.#secrets));
		}
	}
	function shortened(text) {
		if (text.length <= LONGEST_SHOWN) return text;
		const beginning = text.slice(0, LONGEST_SHOWN - 1);
		const withoutHalfCharacter = beginning.replace(/[\uD800-\uDBFF]$/, '');
		return `${withoutHalfCharacter}\u2026`;
	}
	/** The runner looks for `##[` anywhere in a line, and for `::` at its start (actions/runner, ActionCommand.cs). */ function withoutCommands(text) {
		return text.replaceAll('##[', '## [').replace(/^::/, ': :');
	}
	function code(text) {
		const escapeSign = (sign) => `&#${sign.charCodeAt(0)};`;
		const escaped = escapeHtml(text).replace(/["'`|]/g, escapeSign);
		return `<code>${escaped}</code>`;
	}
	/** The action's own words, with links to the pages of Appcircle's documentation. */ function withLinks(words) {
		const page = /https:\/\/docs\.appcircle\.io\/[\w/-]+/g;
		return escapeHtml(words).replace(page, '<a href="$&">$&</a>');
	}
	function escapeHtml(text) {
		return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	}
	// CONCATENATED MODULE: ./build/runner/annotations.js
	/** Characters, title included: the runner cuts the rest (actions/runner, ExecutionContext.cs). */
	const LONGEST_ANNOTATION = 4096;
	/** Shows the one red line. If it is too long, the reason is cut. */ function annotateFailure(title, reason, advice, show) {
		const whole = show(message_message`${reason} ${advice}`);
		const room = LONGEST_ANNOTATION - title.length;
		if (whole.length <= room) {
			error(whole, { title });
			return;
		}
		const tail = `\u2026 ${show(advice)}`;
		const start = show(reason).slice(0, room - tail.length);
		error(start + tail, { title });
	}
	// CONCATENATED MODULE: ./build/runner/files.js
	const AS_A_STEP = message_message`Run this action with "uses:", in a step of its own, on a runner of GitHub, Gitea or Forgejo.`;
	const ANOTHER_USER = message_message`Run this step as a user that may write to the runner's files. In a job with a container that is root, or the runner's own user ID (options: --user).`;
	const MORE_SPACE = message_message`Free some space on the disk of this runner.`;
	/** By the code of Node's error. */
	const REMEDIES = new Map([
		['EACCES', ANOTHER_USER],
		['EPERM', ANOTHER_USER],
		['EROFS', ANOTHER_USER],
		['ENOSPC', MORE_SPACE],
		['EDQUOT', MORE_SPACE],
	]);
	/**
	 * Writes outputs and variables, framed by @actions/core with random delimiters, so that no value can pass for another.
	 * @throws Failure where a file is missing or can't be written; what was written is taken back
	 */ function publish(outputs, variables) {
		const outputEntries = Object.entries(outputs);
		const variableEntries = Object.entries(variables);
		const files = [];
		if (outputEntries.length > 0) files.push(runnerFile('GITHUB_OUTPUT'));
		if (variableEntries.length > 0) files.push(runnerFile('GITHUB_ENV'));
		const environment = { ...process.env };
		try {
			for (const [name, value] of outputEntries) setOutput(name, value);
			for (const [name, value] of variableEntries) exportVariable(name, value);
		} catch (error) {
			// @actions/core sets a variable in this process before it writes the file, and it would pass for an earlier step's.
			for (const [name] of variableEntries) process.env[name] = environment[name] ?? '';
			for (const file of files) takeBack(file);
			throw notWritten(error);
		}
	}
	/** Keeps texts for post, beside those kept before. Throws a Failure where the runner has no file for it or it can't be written. */ function files_saveState(
		state,
	) {
		const file = runnerFile('GITHUB_STATE');
		try {
			for (const [name, value] of Object.entries(state)) saveState(name, value);
		} catch (error) {
			takeBack(file);
			throw notWritten(error);
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
	/** Finds a file. Without one @actions/core would print the token for the runner to read, which newer runners ignore. */ function runnerFile(variable) {
		const path = process.env[variable];
		if (!path) throw notTaken(message_message`${variable} is not set: this is not running as a step of a job.`);
		try {
			return { path, size: (0, external_node_fs_namespaceObject.statSync)(path).size };
		} catch (error) {
			throw notTaken(message_message`The file that ${variable} names was not found (${codeOf(error)}).`, error);
		}
	}
	/** Leaves an unchanged file alone: it may be one that can't be truncated either. */ function takeBack({ path, size }) {
		if ((0, external_node_fs_namespaceObject.statSync)(path).size > size) (0, external_node_fs_namespaceObject.truncateSync)(path, size);
	}
	function notWritten(error) {
		return notTaken(message_message`A file of the runner could not be written (${codeOf(error)}).`, error);
	}
	function notTaken(reason, error) {
		const remedy = REMEDIES.get(codeOf(error)) ?? AS_A_STEP;
		return new failure_Failure('The runner did not take the token', reason, remedy);
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
			/** The path of dist/index.js, as the runner started it. */
			program: process.argv[1] ?? '',
			/** As it came, not even trimmed; empty if unset. */
			input: (name) => getInput(name, { trimWhitespace: false }),
			/** Empty if unset. */
			variable: (name) => process.env[name] ?? '',
			/** Empty if main kept nothing. */
			state: (name) => getState(name),
			environment,
			fail: (title, reason, advice) => annotateFailure(title, reason, advice, show),
		};
	}
	/** This process's environment without the inputs, which hold the key, and the runner's own tokens. */ function environment() {
		const variables = Object.entries(process.env);
		return Object.fromEntries(variables.filter(([name]) => !/^(INPUT|ACTIONS)_/.test(name)));
	}
	// CONCATENATED MODULE: ./build/post.js
	/** How long a CLI that outlives main may still write. Forgejo, Gitea and act end main with SIGKILL, and the CLI has a session of its own. */
	const CLI_LIVES_ON_MS = 2e3;
	const runner = githubRunner();
	// A cancel must not stop what undoes the login.
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
	const file = runner.state('cli-configuration');
	const login = runner.state('cli-login');
	// Nothing but a configuration of the CLI is ever touched, whatever the state says.
	if (/@appcircle[\\/]cli-nodejs[\\/](Config[\\/])?config\.json$/.test(file))
		if (login === 'begun') setTimeout(undo, CLI_LIVES_ON_MS);
		else undo();
	function undo() {
		const digest = runner.state('cli-token');
		logOut({ file, digest, isStored: login === 'stored' }, runner.log);
	}
	module.exports = __webpack_exports__;
})();
