(() => {
	'use strict';
	var __webpack_modules__ = {
		211: (module) => {
			module.exports = require('./cli.js');
		},
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
	(() => {
		__nccwpck_require__.n = (module) => {
			var getter = module && module.__esModule ? () => module['default'] : () => module;
			__nccwpck_require__.d(getter, { a: getter });
			return getter;
		};
	})();
	(() => {
		var getProto = Object.getPrototypeOf ? (obj) => Object.getPrototypeOf(obj) : (obj) => obj.__proto__;
		var leafPrototypes;
		__nccwpck_require__.t = function (value, mode) {
			if (mode & 1) value = this(value);
			if (mode & 8) return value;
			if (typeof value === 'object' && value) {
				if (mode & 4 && value.__esModule) return value;
				if (mode & 16 && typeof value.then === 'function') return value;
			}
			var ns = Object.create(null);
			__nccwpck_require__.r(ns);
			var def = {};
			leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
			for (var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current))
				Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => value[key]));
			def['default'] = () => value;
			__nccwpck_require__.d(ns, def);
			return ns;
		};
	})();
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
	// CONCATENATED MODULE: ./build/base/clock.js
	const systemClock = {
		now: () => Date.now(),
		elapsed: () => Number(process.hrtime.bigint()) / 1e6,
		after: (ms, call) => {
			const timer = setTimeout(call, ms);
			return () => clearTimeout(timer);
		},
	};
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
	/** message`${host} answered HTTP ${status}.` */ function message(words, ...values) {
		return new Message(words, values);
	}
	/** Likewise, but a value from elsewhere does not compile. */ function words(own, ...values) {
		return new Message(own, values);
	}
	function joined(messages, between = ' ') {
		if (messages.length === 0) return message``;
		const gaps = messages.slice(1).map(() => between);
		return new Message(['', ...gaps, ''], messages);
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
			return new Failure(this.title, message`${this.reason} ${more}`, remedy);
		}
	}
	// CONCATENATED MODULE: ./build/base/time.js
	const DAY_MS = 864e5;
	const YEAR_10000 = Date.UTC(1e4, 0);
	const DAY = /^\d{4}-\d\d-\d\d$/;
	const TIME = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d(?::?\d\d)?)$/;
	/**
	 * Parses `YYYY-MM-DD` (midnight UTC) or an ISO 8601 date-time with an offset, up to the year 9999 in UTC. `undefined` if no such day or
	 * time exists.
	 */ function parseInstant(text) {
		if (DAY.test(text)) return parseUtc(`${text}T00:00:00`);
		const parts = TIME.exec(text);
		if (!parts) return;
		const [, date, time, seconds = '00', fraction = '0', zone = ''] = parts;
		const utc = parseUtc(`${date}T${time}:${seconds}`);
		const shift = zoneShift(zone);
		if (utc === void 0 || shift === void 0) return;
		const milliseconds = Math.floor(Number(`0.${fraction}`) * 1e3);
		const instant = utc + milliseconds - shift;
		if (instant >= YEAR_10000) return;
		return instant;
	}
	/** @param text as `2026-11-30T09:00:00` */ function parseUtc(text) {
		const instant = parseDate(`${text}Z`);
		if (instant === void 0) return;
		// Date.parse accepts 24:00 and, in some versions, 31 February.
		if (!isoInstant(instant).startsWith(text)) return;
		return instant;
	}
	function zoneShift(zone) {
		if (zone.toUpperCase() === 'Z') return 0;
		const hours = Number(zone.slice(1, 3));
		const minutes = Number(zone.slice(3).replace(':', ''));
		if (hours > 23 || minutes > 59) return;
		const shift = (hours * 60 + minutes) * 6e4;
		return zone.startsWith('-') ? -shift : shift;
	}
	/**
	 * Parses the three date formats of HTTP, all of them UTC (RFC 9110, 5.6.7):
	 * `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
	 */ function parseHttpDate(text) {
		if (!/^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d( GMT| \d{4})$/.test(text)) return;
		if (text.endsWith('GMT')) return parseDate(text);
		return parseDate(`${text} GMT`);
	}
	function parseDate(text) {
		const instant = Date.parse(text);
		if (Number.isNaN(instant)) return;
		return instant;
	}
	/** `2026-11-30T00:00:00Z` */ function isoInstant(ms) {
		return `${new Date(ms).toISOString().slice(0, -5)}Z`;
	}
	/** `2026-11-30` */ function isoDay(ms) {
		return isoInstant(ms).replace(/T.*/, '');
	}
	/** `09:05` */ function isoTime(ms) {
		return isoInstant(ms).slice(11, 16);
	}
	/** Whole days, cut toward zero: 6 for six and a half, -1 for 29 hours ago. */ function wholeDays(ms) {
		// Not -0, which some comparisons tell from 0.
		return Math.trunc(ms / DAY_MS) || 0;
	}
	/** `in 9 days`, `in less than a day`, `3 days ago` */ function distanceInWords(ms) {
		const days = Math.abs(wholeDays(ms));
		const distance = days === 0 ? words`less than a day` : inDays(days);
		return ms > 0 ? words`in ${distance}` : words`${distance} ago`;
	}
	/** `4 days`, `4 h`, `1 h 30 min`, `45 s`, `1.5 s`, `80 ms` */ function durationInWords(ms) {
		if (ms < 1e3) return words`${Math.round(ms)} ms`;
		if (ms < 1e4) return words`${Number((ms / 1e3).toFixed(1))} s`;
		const seconds = Math.round(ms / 1e3);
		if (seconds < 120) return words`${seconds} s`;
		const minutes = Math.round(seconds / 60);
		if (minutes < 60) return words`${minutes} min`;
		const hours = Math.floor(minutes / 60);
		if (hours >= 48) return inDays(Math.floor(hours / 24));
		const rest = minutes % 60;
		if (rest === 0) return words`${hours} h`;
		return words`${hours} h ${rest} min`;
	}
	function inDays(days) {
		return days === 1 ? words`1 day` : words`${days} days`;
	}
	// CONCATENATED MODULE: ./build/base/deadline.js
	/** What `timeout-seconds` may be at most. */
	const LONGEST_TIMEOUT_SECONDS = 600;
	/** The one time limit on requests, waits, look-ups and commands. */ class Deadline {
		#clock;
		#waiting = new Set();
		#limitMs = Number.POSITIVE_INFINITY;
		#end = Number.POSITIVE_INFINITY;
		#stopTimer = () => {};
		#cancelled;
		#passed = false;
		constructor(clock) {
			this.#clock = clock;
		}
		start(ms) {
			this.#limitMs = ms;
			this.#end = this.#clock.elapsed() + ms;
			// Also keeps the process alive, so that it never ends in silence.
			this.#stopTimer = this.#clock.after(ms, () => {
				this.#passed = true;
				this.#stopWaiting();
			});
		}
		/** Ends every wait, including later ones: the job was cancelled. */ cancel(failure) {
			this.#cancelled ??= failure;
			this.#stopWaiting();
		}
		/** Milliseconds of the whole limit. */ get limitMs() {
			return this.#limitMs;
		}
		/** Milliseconds left; 0 once cancelled. */ remaining() {
			if (this.#cancelled) return 0;
			return Math.max(0, this.#end - this.#clock.elapsed());
		}
		/** Milliseconds of the limit that are used up. */ spent() {
			return this.#limitMs - this.remaining();
		}
		/**
		 * Waits for a promise, but not past the deadline. Some things, such as a name look-up, can't be called off.
		 * @param doing the rest of a sentence: `waiting for auth.example.com to answer.`
		 * @throws Failure (from `late`) when the time is up, or when the job is cancelled
		 */ async limit(promise, doing, late = noAnswer) {
			// A promise of its own for each wait: one for all would keep the results of all waits in memory.
			const { promise: over, reject } = Promise.withResolvers();
			const stop = () => reject(this.#cancelled ?? late(this.#ranOut(doing())));
			if (this.#cancelled || this.#passed) stop();
			this.#waiting.add(stop);
			try {
				// Past the deadline every other error is a consequence of it.
				return await Promise.race([over, promise]);
			} finally {
				this.#waiting.delete(stop);
			}
		}
		async sleep(ms, doing) {
			const { promise, resolve } = Promise.withResolvers();
			const stopTimer = this.#clock.after(ms, resolve);
			await this.limit(promise, doing).finally(stopTimer);
		}
		clear() {
			this.#stopTimer();
		}
		#ranOut(doing) {
			return message`The time limit of ${durationInWords(this.#limitMs)} ran out while ${doing}`;
		}
		#stopWaiting() {
			for (const stop of this.#waiting) stop();
		}
	}
	/** A server that was waited for in vain. */ function noAnswer(reason, details) {
		return new Failure(
			'Appcircle did not answer in time',
			reason,
			message`Run the job again. If it happens often, raise timeout-seconds and check that this runner reaches the server through every firewall and proxy in between.`,
			details,
		);
	}
	// CONCATENATED MODULE: ./build/process/cancellation.js
	/** Ends the run when the job is cancelled. */
	function endOnSignals(deadline) {
		for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => deadline.cancel(cancelled(signal)));
	}
	function cancelled(signal) {
		return new Failure(
			'The run was cancelled',
			message`The job was cancelled, or this step ran past its timeout-minutes (${signal}).`,
			message`Nothing was exported. Run the job again if that was not meant.`,
		);
	}
	const external_node_http_namespaceObject = require('node:http');
	var external_node_http_default = __nccwpck_require__.n(external_node_http_namespaceObject);
	const external_node_https_namespaceObject = require('node:https');
	var external_node_https_default = __nccwpck_require__.n(external_node_https_namespaceObject);
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
	/** What an error says, or its code. Node quotes servers in it. */ function errorText(thrown) {
		const { message } = Object(thrown);
		if (typeof message !== 'string') return new Foreign(String(thrown));
		// Without the numbers and the file in `error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/x.c:77:`.
		const [, openssl] = /:error:\w+:[^:]*:[^:]*:([^:]+):/.exec(message) ?? [];
		return new Foreign(openssl || message || codeOf(thrown));
	}
	// CONCATENATED MODULE: ./build/http/certificate-errors.js
	/** As Node names them. */
	const CERTIFICATE_ERROR = /^((UNABLE_TO|CERT|CRL|ERROR_IN)_\w+|\w+_SIGNED_CERT\w*)$/;
	const OTHER_CERTIFICATE_ERRORS = [
		'INVALID_CA',
		'INVALID_PURPOSE',
		'HOSTNAME_MISMATCH',
		'PATH_LENGTH_EXCEEDED',
		// Those of OpenSSL that Node has no name for.
		'UNSPECIFIED',
	];
	/** A certificate chain that ends at no trusted authority. */ const UNKNOWN_AUTHORITY =
		/^(UNABLE_TO_(GET_ISSUER_CERT|GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE)|SELF_SIGNED_CERT_IN_CHAIN)$/;
	const SELF_SIGNED = 'DEPTH_ZERO_SELF_SIGNED_CERT';
	function isCertificateError(code) {
		return CERTIFICATE_ERROR.test(code) || OTHER_CERTIFICATE_ERRORS.includes(code);
	}
	/** Whether trusting one more authority could help. */ function isUntrusted(error) {
		const code = codeOf(error);
		return code === SELF_SIGNED || UNKNOWN_AUTHORITY.test(code);
	}
	/**
	 * Explains a certificate error.
	 * @param code as in Node's documentation, "X509 certificate error codes"
	 */ function certificateFailure(code, host, text) {
		if (UNKNOWN_AUTHORITY.test(code))
			return new Failure(
				'The certificate authority is not trusted',
				message`The certificate of ${host} is signed by an authority that neither Node nor this runner's operating system trusts (${code}).`,
				message`Pass that authority's certificate as ca-certificate (PEM text or a path), from whoever runs the server.`,
			);
		const failure = commonFailure(code, host);
		if (failure || !isCertificateError(code)) return failure;
		return new Failure(
			'The certificate is not acceptable',
			message`The certificate of ${host} or of its authority is not acceptable (${text}).`,
			message`Ask whoever runs the server to replace it. ca-certificate does not help here.`,
		);
	}
	function commonFailure(code, host) {
		switch (code) {
			case 'CERT_HAS_EXPIRED':
				return new Failure(
					'The certificate has expired',
					message`The certificate of ${host} has expired.`,
					message`Ask whoever runs the server to renew it. If it is still valid, correct this runner's clock.`,
				);

			case 'CERT_NOT_YET_VALID':
				return new Failure(
					'The certificate is not valid yet',
					message`The certificate of ${host} is not valid yet.`,
					message`Check the clock of this runner, then ask whoever runs the server.`,
				);

			case 'ERR_TLS_CERT_ALTNAME_INVALID':
				return new Failure(
					'The certificate is for another host',
					message`The certificate of ${host} is for another host name.`,
					message`Check the endpoint's host name. If it is right, the server needs a certificate for that name.`,
				);

			case SELF_SIGNED:
				return new Failure(
					'The certificate is self-signed',
					message`${host} uses a self-signed certificate.`,
					message`Pass that certificate as ca-certificate (PEM text or a path), from whoever runs the server.`,
				);

			default:
				return;
		}
	}
	const external_node_tls_namespaceObject = require('node:tls');
	var external_node_tls_default = __nccwpck_require__.n(external_node_tls_namespaceObject);
	// CONCATENATED MODULE: ./build/http/certificates.js
	/** What each TLS connection needs, by what is trusted. */
	const trustOptions = {};
	/**
	 * Trusts more authorities, in PEM, for every connection from now on, an intermediate without its root too. Throws an Error where OpenSSL
	 * can't read a certificate.
	 */ function trustCertificates(pem) {
		addToDefaults([pem]);
		// Not from the start: with it, Node reads its whole list for each connection (25 ms).
		trustOptions.allowPartialTrustChain = true;
	}
	/** Trusts the operating system's authorities too. Slow where there are many, so done only once they are needed. */ function trustSystemStore() {
		addToDefaults(external_node_tls_default().getCACertificates('system'));
	}
	/** Needs Node 24.5. */ function addToDefaults(pem) {
		external_node_tls_default().setDefaultCACertificates([...external_node_tls_default().getCACertificates('default'), ...pem]);
	}
	const external_node_net_namespaceObject = require('node:net');
	// CONCATENATED MODULE: ./build/http/loopback.js
	/**
	 * Tells whether a host name is this machine: `localhost` (RFC 6761), 127.0.0.0/8 (RFC 1122) or `[::1]`. No other may go unencrypted without
	 * allow-insecure-http, and none of these is reached through a proxy. A name such as auth.localhost may resolve to anything.
	 */
	function isLoopback(hostname) {
		return hostname === 'localhost' || hostname === '[::1]' || (hostname.startsWith('127.') && (0, external_node_net_namespaceObject.isIPv4)(hostname));
	}
	// CONCATENATED MODULE: ./build/http/user-agent.js
	/** Sent to servers and proxies. Nothing of the run is in it. */
	const USER_AGENT = 'appcircle-access-token-action';
	// CONCATENATED MODULE: ./build/http/tunnel.js
	/** A proxy refused or failed to connect: its HTTP status, or the underlying error. */
	class ProxyError extends Error {
		status;
		code;
		/** Its `Proxy-Authenticate`. Without one, the usual is meant. */
		asks;
		constructor(status, error, asks = 'Basic') {
			super(error ? error.message : `HTTP ${status}`);
			this.status = status;
			this.code = error?.code ?? '';
			this.asks = asks;
		}
	}
	/** A host name as sockets take it: IPv6 without brackets. */ function withoutBrackets(hostname) {
		return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
	}
	/** User name and password as a proxy takes them (RFC 7617); `undefined` without either. */ function loginOf({ username, password }) {
		if (!username && !password) return;
		const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
		return Buffer.from(login).toString('base64');
	}
	/**
	 * Connects through a proxy's CONNECT (RFC 9110, 9.3.6), with TLS inside. Node's own agent (`proxyEnv`) doubles its listeners with every
	 * piece of the proxy's answer (24.21, lib/https.js, establishTunnel): an answer in thirty pieces takes all memory.
	 */ class TunnelAgent extends external_node_https_namespaceObject.Agent {
		#proxy;
		/** @param proxy user name and password are percent-encoded */
		constructor(proxy) {
			super({ keepAlive: true });
			this.#proxy = new URL(proxy);
		}
		createConnection(options, take) {
			const { host, port } = options;
			this.#connect(host?.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)
				.once('connect', ({ statusCode = 0, headers }, socket, rest) => {
					if (Math.trunc(statusCode / 100) !== 2) {
						socket.destroy();
						take(new ProxyError(statusCode, void 0, headers['proxy-authenticate']));
						return;
					}
					if (rest.length > 0) socket.unshift(rest);
					take(null, super.createConnection(Object.assign(options, { socket })) ?? void 0);
				})
				.on('error', (error) => take(new ProxyError(void 0, error)))
				.end();
			return;
		}
		#connect(target) {
			const { origin, protocol, hostname } = this.#proxy;
			const headers = { host: target, 'user-agent': USER_AGENT };
			const login = loginOf(this.#proxy);
			if (login) headers['proxy-authorization'] = `Basic ${login}`;
			const options = {
				method: 'CONNECT',
				path: target,
				headers,
				agent: false,
				// Otherwise Node checks the proxy's certificate against the header "host". An address is no server name.
				servername: (0, external_node_net_namespaceObject.isIP)(withoutBrackets(hostname)) === 0 ? hostname : '',
			};
			const request = protocol === 'https:' ? external_node_https_namespaceObject.request : external_node_http_namespaceObject.request;
			return request(origin, options);
		}
	}
	// CONCATENATED MODULE: ./build/http/proxy.js
	/** With a blank ahead; nothing without a proxy. */
	function throughProxy(proxy) {
		return proxy ? message` through the proxy ${proxy.host}` : message``;
	}
	/**
	 * Finds the proxy for a URL in HTTPS_PROXY, HTTP_PROXY and NO_PROXY, lower-case names first, and masks its password. Loopback has none.
	 * @throws Failure if the variable is not the URL of an HTTP proxy, rather than bypass it in silence
	 */ function proxyFor(url, { variable, secrets }) {
		const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
		const setting = (variable(name.toLowerCase()) || variable(name)).trim();
		if (!setting || isLoopback(url.hostname)) return;
		const noProxy = variable('no_proxy') || variable('NO_PROXY');
		const entries = noProxy.match(/[^\s,;]+/g) ?? [];
		if (entries.some((entry) => covers(entry, url))) return;
		const proxy = readSetting(name, setting);
		const { href, host, password } = proxy;
		const login = loginOf(proxy);
		if (password) secrets.add([password, decodeURIComponent(password), login ?? '']);
		const odd = entries.find((entry) => covers(entry, url) === void 0);
		return {
			url: href,
			host,
			hasLogin: login !== void 0,
			// A URL in it may hold a password, too.
			oddExemption: noProxy.includes('@') ? void 0 : odd,
		};
	}
	/** Whether an entry of NO_PROXY covers a server; `undefined` if it is none of the forms in docs/CONFIGURATION.md. */ function covers(
		entry,
		{ hostname, port, protocol },
	) {
		const defaultPort = protocol === 'https:' ? '443' : '80';
		const portOfServer = port || defaultPort;
		// The last group of a bare IPv6 address is no port.
		const [, place = entry, onlyPort = portOfServer] = /^([^:]+|\[.+):(\d+)$/.exec(entry) ?? [];
		if (onlyPort !== portOfServer) return false;
		return coversHost(place.toLowerCase(), withoutBrackets(hostname));
	}
	function coversHost(place, host) {
		if (place === '*') return true;
		const [, address = '', bits = 128] = /^\[?([\d.:a-f]+)\]?(?:\/(\d+))?$/.exec(place) ?? [];
		switch ((0, external_node_net_namespaceObject.isIP)(address)) {
			case 4:
				return isInRange(host, address, Math.min(Number(bits), 32), 'ipv4');

			case 6:
				return isInRange(host, address, Math.min(Number(bits), 128), 'ipv6');

			default:
				return isInDomain(host, place);
		}
	}
	function isInRange(host, address, bits, family) {
		const range = new external_node_net_namespaceObject.BlockList();
		range.addSubnet(address, bits, family);
		return range.check(host, (0, external_node_net_namespaceObject.isIP)(host) === 4 ? 'ipv4' : 'ipv6');
	}
	/** @param place a name, with or without a dot or `*.` ahead */ function isInDomain(host, place) {
		// What ends in a number is the beginning of an address, and no name.
		const [, name] = /^(?:\*?\.)?((?:[\w-]+\.)*[\d-]*[a-z_][\w-]*)\.?$/.exec(place) ?? [];
		if (name === void 0) return;
		return `.${host}`.replace(/\.$/, '').endsWith(`.${name}`);
	}
	/** @throws Failure that repeats nothing of the setting: it may hold a password */ function readSetting(name, setting) {
		const href = setting.includes('://') ? setting : `http://${setting}`;
		// For Node the host name ends there, and the rest of the password is a path.
		const [, end] = /^[^/]*\/\/[^/?#\\]*([/?#\\]).*@/s.exec(href) ?? [];
		if (end) throw invalid(name, message`has a "${end}" in its user name or password, which must be ${encodeURIComponent(end)} there`);
		const url = parseUrl(href);
		if (!url) throw invalid(name, message`is not the URL of an HTTP proxy`);
		return url;
	}
	function invalid(name, why) {
		return new Failure(
			'The proxy setting is not valid',
			message`${name} is set, but ${why}.`,
			message`Set ${name} to http://host:port or http://user:password@host:port, with special characters percent-encoded. SOCKS proxies and PAC files are not supported.`,
		);
	}
	function parseUrl(href) {
		try {
			const url = new URL(href);
			// The tunnel decodes these later, in the middle of a request.
			decodeURIComponent(`${url.username} ${url.password}`);
			return /^https?:\/\/[^/]+\/$/.test(url.href) ? url : void 0;
		} catch {
			return;
		}
	}
	// CONCATENATED MODULE: ./build/http/network-errors.js
	/** As OpenSSL and Node name them. */
	const TLS_ERROR = /^(ERR_SSL_|ERR_TLS_|EPROTO$)/;
	/** As Node's parser names them. */ const HTTP_ERROR = /^HPE_/;
	/** No connection was made. */ const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];
	/** The first byte of an alert and of a handshake (RFC 8446, 5.1). */ const TLS_RECORDS = [21, 22];
	const TRANSIENT = { transient: { waitMs: void 0 } };
	const ONCE_MORE = { transient: { waitMs: void 0, once: true } };
	const NOT_TLS = 'the answer was not TLS';
	const MEANINGS = [
		{
			pattern: /socket hang up|Client network socket disconnected/,
			text: 'closed without an answer',
			hint: message`Check first that the endpoint starts with https:// if its port speaks TLS, and that the server asks for no client certificate, which the action can't send. `,
		},
		{ pattern: /wrong.version.number|packet.length.too.long/i, text: NOT_TLS, hint: message`That port speaks plain HTTP, or a proxy answered. ` },
		// Of the certificate that the server asked for and did not get: alerts 42, 46, 48 and 116 (RFC 8446, 6.2).
		{
			pattern: /alert.(bad.certificate|certificate.unknown|unknown.ca|certificate.required)/i,
			text: 'it asks for a client certificate',
			hint: message`The action can't send one: ask whoever runs the server for an address that needs none. `,
		},
		{
			pattern: /alert.handshake.failure/i,
			text: 'handshake failure',
			hint: message`Check first that the server asks for no client certificate, which the action can't send. `,
		},
	];
	/** Explains a failed connection. */ function networkFailure(error, route) {
		const code = codeOf(error);
		const said = `${code} ${Object(error).message}`;
		const meaning = MEANINGS.find(({ pattern }) => pattern.test(said));
		const { text, hint } = meaning ?? { text: errorText(error), hint: message`` };
		const trouble = { ...route, error, code, text, hint };
		return proxyFailure(trouble) ?? certificateFailure(code, route.host, text) ?? httpFailure(trouble) ?? connectionFailure(trouble);
	}
	/** An `http://` endpoint whose port speaks TLS. */ function needsTls(host) {
		return new Failure(
			'The TLS connection failed',
			message`${host} speaks TLS on that port, but the endpoint starts with http://.`,
			message`Start that endpoint with https://.`,
		);
	}
	function proxyFailure({ error, code, text, host, proxy }) {
		if (!proxy) return;
		if (UNREACHABLE.includes(code))
			return new Failure(
				'The proxy could not be reached',
				message`The proxy ${proxy.host} could not be reached (${text}).`,
				message`Check HTTPS_PROXY and HTTP_PROXY in this job and on this runner, and that the proxy is up.${oddExemption(proxy)}`,
				lookUpDetails(code),
			);
		if (!(error instanceof ProxyError)) return;
		const letThrough = message`Ask whoever runs the proxy to let this runner through to ${host}, or add the host to NO_PROXY.${oddExemption(proxy)}`;
		if (error.status === 407) return loginFailure(error, proxy, letThrough);
		const remedy = text === NOT_TLS ? message`Check whether HTTPS_PROXY has to start with http://: most proxies speak no TLS themselves.` : letThrough;
		return new Failure(
			'The proxy refused the connection',
			message`The proxy ${proxy.host} did not connect to ${host} (${text}).`,
			remedy,
			isPermanent(error) ? {} : TRANSIENT,
		);
	}
	function loginFailure({ asks }, proxy, letThrough) {
		const sent = proxy.hasLogin ? message`The one that was sent was not accepted` : message`None was sent`;
		const remedy = /\bbasic\b/i.test(asks)
			? message`Set the right user name and password in HTTPS_PROXY or HTTP_PROXY, as http://user:password@host:port, from a secret.`
			: message`The action can only log in with Basic. ${letThrough}`;
		return new Failure(
			'The proxy refused the connection',
			message`The proxy ${proxy.host} asks for a login (HTTP 407: ${new Foreign(asks)}). ${sent}.`,
			remedy,
		);
	}
	/** Whether another try would end the same way. */ function isPermanent({ status, code }) {
		if (status !== void 0) return status < 500;
		return HTTP_ERROR.test(code) || TLS_ERROR.test(code) || isCertificateError(code);
	}
	/** With a blank ahead. */ function oddExemption({ oddExemption: odd }) {
		if (odd === void 0) return message``;
		return message` NO_PROXY has "${odd}", which is no host, domain, address or range.`;
	}
	function lookUpDetails(code) {
		// No such name. A name server may also say so for a moment.
		return code === 'ENOTFOUND' ? ONCE_MORE : TRANSIENT;
	}
	function httpFailure({ error, code, host, proxy, text }) {
		if (!HTTP_ERROR.test(code)) return;
		if (TLS_RECORDS.includes(Object(error).rawPacket?.[0])) return needsTls(host);
		if (code === 'HPE_HEADER_OVERFLOW')
			return new Failure(
				'The answer is too large',
				message`${host} answered${throughProxy(proxy)} with headers that are too large.`,
				message`Check that the endpoint is the address of an Appcircle server, and which cookies or other headers it sends.`,
			);
		const remedy =
			code === 'HPE_INVALID_CONSTANT'
				? message`Check the endpoint's host name and port: another service may be listening there.`
				: message`Ask whoever runs the server, or a gateway in front of it, to correct that answer.`;
		return new Failure('The answer is not HTTP', message`${host} answered${throughProxy(proxy)} with something other than valid HTTP (${text}).`, remedy);
	}
	function connectionFailure({ code, host, proxy, text, hint }) {
		if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
			return new Failure(
				'The host name could not be resolved',
				message`The host name of ${host} could not be resolved (${code}).`,
				message`Check the endpoint's spelling, and that this runner resolves names of that domain.`,
				lookUpDetails(code),
			);
		if (TLS_ERROR.test(code))
			return new Failure(
				'The TLS connection failed',
				message`No TLS connection to ${host}${throughProxy(proxy)} could be made (${text}).`,
				message`${hint}Check the endpoint's scheme and port, and the server's TLS configuration and certificate.`,
			);
		const reach = proxy
			? message`the proxy reaches it, or add the host to NO_PROXY.${oddExemption(proxy)}`
			: message`this runner can reach it. Behind a proxy, set HTTPS_PROXY.`;
		return new Failure(
			'The connection failed',
			message`The connection to ${host}${throughProxy(proxy)} failed (${text}).`,
			message`${hint}Check that the server is up and that ${reach}`,
			TRANSIENT,
		);
	}
	// CONCATENATED MODULE: ./build/http/patience.js
	/** What a connection may take at least, until it is up. */
	const LEAST_PATIENCE_MS = 5e3;
	/** What each address of a host but the last may take at most, until it is connected. */ const LONGEST_ADDRESS_MS = 2e3;
	/** Gives up a connection that is not up in time, or a kept-alive one that brings no byte by then. */ function giveUpIfSilent(
		request,
		progress,
		{ clock, deadline },
		giveUp,
	) {
		const patienceMs = Math.max(LEAST_PATIENCE_MS, deadline.limitMs / 3);
		const stop = clock.after(patienceMs, () => {
			const reason = message`Gave up after ${durationInWords(patienceMs)} of ${progress.doing()}`;
			giveUp(noAnswer(reason, { transient: { waitMs: 0 } }));
			request.destroy();
		});
		request.once('close', stop);
		request.once('socket', (socket) => {
			if (request.reusedSocket) {
				progress.waiting();
				socket.once('data', stop);
				return;
			}
			const isUp = 'encrypted' in socket ? 'secureConnect' : 'connect';
			socket.once(isUp, () => {
				progress.waiting();
				stop();
			});
		});
	}
	/** Gives each address of a host, or of a proxy, more time to connect than Node's 250 ms. A slow network needs more. */ function allowSlowAddresses(limitMs) {
		const timeoutMs = Math.min(LONGEST_ADDRESS_MS, Math.round(limitMs / 12));
		if (timeoutMs > (0, external_node_net_namespaceObject.getDefaultAutoSelectFamilyAttemptTimeout)())
			(0, external_node_net_namespaceObject.setDefaultAutoSelectFamilyAttemptTimeout)(timeoutMs);
	}
	// CONCATENATED MODULE: ./build/http/progress.js
	/** How far a request has come. */
	class Progress {
		#route;
		#stage = 'connecting';
		#received = 0;
		constructor(route) {
			this.#route = route;
		}
		connecting() {
			this.#stage = 'connecting';
		}
		waiting() {
			this.#stage = 'waiting';
		}
		reading(received) {
			this.#stage = 'reading';
			this.#received = received;
		}
		/** What the request is waiting for, as the rest of a sentence. */ doing() {
			const { host, proxy } = this.#route;
			switch (this.#stage) {
				case 'connecting':
					return message`connecting to ${host}${throughProxy(proxy)}.`;

				case 'waiting':
					return message`waiting for ${host} to answer${throughProxy(proxy)}.`;

				case 'reading':
					return message`reading the answer of ${host} (${this.#received} bytes so far).`;
			}
		}
	}
	const external_node_url_namespaceObject = require('node:url');
	const external_http_namespaceObject = require('http');
	var external_http_namespaceObject_0 = __nccwpck_require__.t(external_http_namespaceObject, 2);
	const external_https_namespaceObject = require('https');
	var external_https_namespaceObject_0 = __nccwpck_require__.t(external_https_namespaceObject, 2);
	// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/proxy.js
	function getProxyUrl(reqUrl) {
		const usingSsl = reqUrl.protocol === 'https:';
		if (checkBypass(reqUrl)) return;
		const proxyVar = (() => {
			if (usingSsl) return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
			else return process.env['http_proxy'] || process.env['HTTP_PROXY'];
		})();
		if (proxyVar)
			try {
				return new DecodedURL(proxyVar);
			} catch (_a) {
				if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://')) return new DecodedURL(`http://${proxyVar}`);
			}
		else return;
	}
	function checkBypass(reqUrl) {
		if (!reqUrl.hostname) return false;
		const reqHost = reqUrl.hostname;
		if (isLoopbackAddress(reqHost)) return true;
		const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
		if (!noProxy) return false;
		let reqPort;
		if (reqUrl.port) reqPort = Number(reqUrl.port);
		else if (reqUrl.protocol === 'http:') reqPort = 80;
		else if (reqUrl.protocol === 'https:') reqPort = 443;
		const upperReqHosts = [reqUrl.hostname.toUpperCase()];
		if (typeof reqPort === 'number') upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
		for (const upperNoProxyItem of noProxy
			.split(',')
			.map((x) => x.trim().toUpperCase())
			.filter((x) => x))
			if (
				upperNoProxyItem === '*' ||
				upperReqHosts.some(
					(x) => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || (upperNoProxyItem.startsWith('.') && x.endsWith(`${upperNoProxyItem}`)),
				)
			)
				return true;
		return false;
	}
	function isLoopbackAddress(host) {
		const hostLower = host.toLowerCase();
		return hostLower === 'localhost' || hostLower.startsWith('127.') || hostLower.startsWith('[::1]') || hostLower.startsWith('[0:0:0:0:0:0:0:1]');
	}
	class DecodedURL extends URL {
		constructor(url, base) {
			super(url, base);
			this._decodedUsername = decodeURIComponent(super.username);
			this._decodedPassword = decodeURIComponent(super.password);
		}
		get username() {
			return this._decodedUsername;
		}
		get password() {
			return this._decodedPassword;
		}
	}
	// CONCATENATED MODULE: ./scripts/stubs/tunnel/index.js
	const noAgent = () => ({});
	// CONCATENATED MODULE: ./scripts/stubs/undici/index.js
	const ProxyAgent = void 0;
	// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
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
	const HttpRedirectCodes = [HttpCodes.MovedPermanently, HttpCodes.ResourceMoved, HttpCodes.SeeOther, HttpCodes.TemporaryRedirect, HttpCodes.PermanentRedirect];
	const HttpResponseRetryCodes = [HttpCodes.BadGateway, HttpCodes.ServiceUnavailable, HttpCodes.GatewayTimeout];
	const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
	const ExponentialBackoffCeiling = 10;
	const ExponentialBackoffTimeSlice = 5;
	class HttpClientError extends Error {
		constructor(message, statusCode) {
			super(message);
			this.name = 'HttpClientError';
			this.statusCode = statusCode;
			Object.setPrototypeOf(this, HttpClientError.prototype);
		}
	}
	class HttpClientResponse {
		constructor(message) {
			this.message = message;
		}
		readBody() {
			return __awaiter(this, void 0, void 0, function* () {
				return new Promise((resolve) =>
					__awaiter(this, void 0, void 0, function* () {
						let output = Buffer.alloc(0);
						this.message.on('data', (chunk) => {
							output = Buffer.concat([output, chunk]);
						});
						this.message.on('end', () => {
							resolve(output.toString());
						});
					}),
				);
			});
		}
		readBodyBuffer() {
			return __awaiter(this, void 0, void 0, function* () {
				return new Promise((resolve) =>
					__awaiter(this, void 0, void 0, function* () {
						const chunks = [];
						this.message.on('data', (chunk) => {
							chunks.push(chunk);
						});
						this.message.on('end', () => {
							resolve(Buffer.concat(chunks));
						});
					}),
				);
			});
		}
	}
	class lib_HttpClient {
		constructor(userAgent, handlers, requestOptions) {
			this._ignoreSslError = false;
			this._allowRedirects = true;
			this._allowRedirectDowngrade = false;
			this._maxRedirects = 50;
			this._allowRetries = false;
			this._maxRetries = 1;
			this._keepAlive = false;
			this._disposed = false;
			this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
			this.handlers = handlers || [];
			this.requestOptions = requestOptions;
			if (requestOptions) {
				if (requestOptions.ignoreSslError != null) this._ignoreSslError = requestOptions.ignoreSslError;
				this._socketTimeout = requestOptions.socketTimeout;
				if (requestOptions.allowRedirects != null) this._allowRedirects = requestOptions.allowRedirects;
				if (requestOptions.allowRedirectDowngrade != null) this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
				if (requestOptions.maxRedirects != null) this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
				if (requestOptions.keepAlive != null) this._keepAlive = requestOptions.keepAlive;
				if (requestOptions.allowRetries != null) this._allowRetries = requestOptions.allowRetries;
				if (requestOptions.maxRetries != null) this._maxRetries = requestOptions.maxRetries;
			}
		}
		options(requestUrl, additionalHeaders) {
			return __awaiter(this, void 0, void 0, function* () {
				return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
			});
		}
		get(requestUrl, additionalHeaders) {
			return __awaiter(this, void 0, void 0, function* () {
				return this.request('GET', requestUrl, null, additionalHeaders || {});
			});
		}
		del(requestUrl, additionalHeaders) {
			return __awaiter(this, void 0, void 0, function* () {
				return this.request('DELETE', requestUrl, null, additionalHeaders || {});
			});
		}
		post(requestUrl, data, additionalHeaders) {
			return __awaiter(this, void 0, void 0, function* () {
				return this.request('POST', requestUrl, data, additionalHeaders || {});
			});
		}
		patch(requestUrl, data, additionalHeaders) {
			return __awaiter(this, void 0, void 0, function* () {
				return this.request('PATCH', requestUrl, data, additionalHeaders || {});
			});
		}
		put(requestUrl, data, additionalHeaders) {
			return __awaiter(this, void 0, void 0, function* () {
				return this.request('PUT', requestUrl, data, additionalHeaders || {});
			});
		}
		head(requestUrl, additionalHeaders) {
			return __awaiter(this, void 0, void 0, function* () {
				return this.request('HEAD', requestUrl, null, additionalHeaders || {});
			});
		}
		sendStream(verb, requestUrl, stream, additionalHeaders) {
			return __awaiter(this, void 0, void 0, function* () {
				return this.request(verb, requestUrl, stream, additionalHeaders);
			});
		}
		getJson(requestUrl_1) {
			return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
				additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
				const res = yield this.get(requestUrl, additionalHeaders);
				return this._processResponse(res, this.requestOptions);
			});
		}
		postJson(requestUrl_1, obj_1) {
			return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
				const data = JSON.stringify(obj, null, 2);
				additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
				additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
				const res = yield this.post(requestUrl, data, additionalHeaders);
				return this._processResponse(res, this.requestOptions);
			});
		}
		putJson(requestUrl_1, obj_1) {
			return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
				const data = JSON.stringify(obj, null, 2);
				additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
				additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
				const res = yield this.put(requestUrl, data, additionalHeaders);
				return this._processResponse(res, this.requestOptions);
			});
		}
		patchJson(requestUrl_1, obj_1) {
			return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
				const data = JSON.stringify(obj, null, 2);
				additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
				additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
				const res = yield this.patch(requestUrl, data, additionalHeaders);
				return this._processResponse(res, this.requestOptions);
			});
		}
		request(verb, requestUrl, data, headers) {
			return __awaiter(this, void 0, void 0, function* () {
				if (this._disposed) throw new Error('Client has already been disposed.');
				const parsedUrl = new URL(requestUrl);
				let info = this._prepareRequest(verb, parsedUrl, headers);
				const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb) ? this._maxRetries + 1 : 1;
				let numTries = 0;
				let response;
				do {
					response = yield this.requestRaw(info, data);
					if (response && response.message && response.message.statusCode === HttpCodes.Unauthorized) {
						let authenticationHandler;
						for (const handler of this.handlers)
							if (handler.canHandleAuthentication(response)) {
								authenticationHandler = handler;
								break;
							}
						if (authenticationHandler) return authenticationHandler.handleAuthentication(this, info, data);
						else return response;
					}
					let redirectsRemaining = this._maxRedirects;
					while (response.message.statusCode && HttpRedirectCodes.includes(response.message.statusCode) && this._allowRedirects && redirectsRemaining > 0) {
						const redirectUrl = response.message.headers['location'];
						if (!redirectUrl) break;
						const parsedRedirectUrl = new URL(redirectUrl);
						if (parsedUrl.protocol === 'https:' && parsedUrl.protocol !== parsedRedirectUrl.protocol && !this._allowRedirectDowngrade)
							throw new Error(
								'Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.',
							);
						yield response.readBody();
						if (parsedRedirectUrl.hostname !== parsedUrl.hostname)
							for (const header in headers) if (header.toLowerCase() === 'authorization') delete headers[header];
						info = this._prepareRequest(verb, parsedRedirectUrl, headers);
						response = yield this.requestRaw(info, data);
						redirectsRemaining--;
					}
					if (!response.message.statusCode || !HttpResponseRetryCodes.includes(response.message.statusCode)) return response;
					numTries += 1;
					if (numTries < maxTries) {
						yield response.readBody();
						yield this._performExponentialBackoff(numTries);
					}
				} while (numTries < maxTries);
				return response;
			});
		}
		dispose() {
			if (this._agent) this._agent.destroy();
			this._disposed = true;
		}
		requestRaw(info, data) {
			return __awaiter(this, void 0, void 0, function* () {
				return new Promise((resolve, reject) => {
					function callbackForResult(err, res) {
						if (err) reject(err);
						else if (!res) reject(new Error('Unknown error'));
						else resolve(res);
					}
					this.requestRawWithCallback(info, data, callbackForResult);
				});
			});
		}
		requestRawWithCallback(info, data, onResult) {
			if (typeof data === 'string') {
				if (!info.options.headers) info.options.headers = {};
				info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
			}
			let callbackCalled = false;
			function handleResult(err, res) {
				if (!callbackCalled) {
					callbackCalled = true;
					onResult(err, res);
				}
			}
			const req = info.httpModule.request(info.options, (msg) => {
				const res = new HttpClientResponse(msg);
				handleResult(void 0, res);
			});
			let socket;
			req.on('socket', (sock) => {
				socket = sock;
			});
			req.setTimeout(this._socketTimeout || 18e4, () => {
				if (socket) socket.end();
				handleResult(new Error(`Request timeout: ${info.options.path}`));
			});
			req.on('error', function (err) {
				handleResult(err);
			});
			if (data && typeof data === 'string') req.write(data, 'utf8');
			if (data && typeof data !== 'string') {
				data.on('close', function () {
					req.end();
				});
				data.pipe(req);
			} else req.end();
		}
		getAgent(serverUrl) {
			const parsedUrl = new URL(serverUrl);
			return this._getAgent(parsedUrl);
		}
		getAgentDispatcher(serverUrl) {
			const parsedUrl = new URL(serverUrl);
			const proxyUrl = getProxyUrl(parsedUrl);
			const useProxy = proxyUrl && proxyUrl.hostname;
			if (!useProxy) return;
			return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
		}
		_prepareRequest(method, requestUrl, headers) {
			const info = {};
			info.parsedUrl = requestUrl;
			const usingSsl = info.parsedUrl.protocol === 'https:';
			info.httpModule = usingSsl ? external_https_namespaceObject_0 : external_http_namespaceObject_0;
			const defaultPort = usingSsl ? 443 : 80;
			info.options = {};
			info.options.host = info.parsedUrl.hostname;
			info.options.port = info.parsedUrl.port ? parseInt(info.parsedUrl.port) : defaultPort;
			info.options.path = (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
			info.options.method = method;
			info.options.headers = this._mergeHeaders(headers);
			if (this.userAgent != null) info.options.headers['user-agent'] = this.userAgent;
			info.options.agent = this._getAgent(info.parsedUrl);
			if (this.handlers) for (const handler of this.handlers) handler.prepareRequest(info.options);
			return info;
		}
		_mergeHeaders(headers) {
			if (this.requestOptions && this.requestOptions.headers)
				return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
			return lowercaseKeys(headers || {});
		}
		_getExistingOrDefaultHeader(additionalHeaders, header, _default) {
			let clientHeader;
			if (this.requestOptions && this.requestOptions.headers) {
				const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
				if (headerValue) clientHeader = typeof headerValue === 'number' ? headerValue.toString() : headerValue;
			}
			const additionalValue = additionalHeaders[header];
			if (additionalValue !== void 0) return typeof additionalValue === 'number' ? additionalValue.toString() : additionalValue;
			if (clientHeader !== void 0) return clientHeader;
			return _default;
		}
		_getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
			let clientHeader;
			if (this.requestOptions && this.requestOptions.headers) {
				const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
				if (headerValue)
					if (typeof headerValue === 'number') clientHeader = String(headerValue);
					else if (Array.isArray(headerValue)) clientHeader = headerValue.join(', ');
					else clientHeader = headerValue;
			}
			const additionalValue = additionalHeaders[Headers.ContentType];
			if (additionalValue !== void 0)
				if (typeof additionalValue === 'number') return String(additionalValue);
				else if (Array.isArray(additionalValue)) return additionalValue.join(', ');
				else return additionalValue;
			if (clientHeader !== void 0) return clientHeader;
			return _default;
		}
		_getAgent(parsedUrl) {
			let agent;
			const proxyUrl = getProxyUrl(parsedUrl);
			const useProxy = proxyUrl && proxyUrl.hostname;
			if (this._keepAlive && useProxy) agent = this._proxyAgent;
			if (!useProxy) agent = this._agent;
			if (agent) return agent;
			const usingSsl = parsedUrl.protocol === 'https:';
			let maxSockets = 100;
			if (this.requestOptions) maxSockets = this.requestOptions.maxSockets || external_http_namespaceObject.globalAgent.maxSockets;
			if (proxyUrl && proxyUrl.hostname) {
				const agentOptions = {
					maxSockets,
					keepAlive: this._keepAlive,
					proxy: Object.assign(Object.assign({}, (proxyUrl.username || proxyUrl.password) && { proxyAuth: `${proxyUrl.username}:${proxyUrl.password}` }), {
						host: proxyUrl.hostname,
						port: proxyUrl.port,
					}),
				};
				let tunnelAgent;
				const overHttps = proxyUrl.protocol === 'https:';
				if (usingSsl) tunnelAgent = overHttps ? noAgent : noAgent;
				else tunnelAgent = overHttps ? noAgent : noAgent;
				agent = tunnelAgent(agentOptions);
				this._proxyAgent = agent;
			}
			if (!agent) {
				const options = { keepAlive: this._keepAlive, maxSockets };
				agent = usingSsl ? new external_https_namespaceObject.Agent(options) : new external_http_namespaceObject.Agent(options);
				this._agent = agent;
			}
			if (usingSsl && this._ignoreSslError) agent.options = Object.assign(agent.options || {}, { rejectUnauthorized: false });
			return agent;
		}
		_getProxyAgentDispatcher(parsedUrl, proxyUrl) {
			let proxyAgent;
			if (this._keepAlive) proxyAgent = this._proxyAgentDispatcher;
			if (proxyAgent) return proxyAgent;
			const usingSsl = parsedUrl.protocol === 'https:';
			proxyAgent = new ProxyAgent(
				Object.assign(
					{ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 },
					(proxyUrl.username || proxyUrl.password) && { token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}` },
				),
			);
			this._proxyAgentDispatcher = proxyAgent;
			if (usingSsl && this._ignoreSslError) proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, { rejectUnauthorized: false });
			return proxyAgent;
		}
		_getUserAgentWithOrchestrationId(userAgent) {
			const baseUserAgent = userAgent || 'actions/http-client';
			const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
			if (orchId) {
				const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
				return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
			}
			return baseUserAgent;
		}
		_performExponentialBackoff(retryNumber) {
			return __awaiter(this, void 0, void 0, function* () {
				retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
				const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
				return new Promise((resolve) => setTimeout(() => resolve(), ms));
			});
		}
		_processResponse(res, options) {
			return __awaiter(this, void 0, void 0, function* () {
				return new Promise((resolve, reject) =>
					__awaiter(this, void 0, void 0, function* () {
						const statusCode = res.message.statusCode || 0;
						const response = { statusCode, result: null, headers: {} };
						if (statusCode === HttpCodes.NotFound) resolve(response);
						function dateTimeDeserializer(key, value) {
							if (typeof value === 'string') {
								const a = new Date(value);
								if (!isNaN(a.valueOf())) return a;
							}
							return value;
						}
						let obj;
						let contents;
						try {
							contents = yield res.readBody();
							if (contents && contents.length > 0) {
								if (options && options.deserializeDates) obj = JSON.parse(contents, dateTimeDeserializer);
								else obj = JSON.parse(contents);
								response.result = obj;
							}
							response.headers = res.message.headers;
						} catch (err) {}
						if (statusCode > 299) {
							let msg;
							if (obj && obj.message) msg = obj.message;
							else if (contents && contents.length > 0) msg = contents;
							else msg = `Failed request: (${statusCode})`;
							const err = new HttpClientError(msg, statusCode);
							err.result = response.result;
							reject(err);
						} else resolve(response);
					}),
				);
			});
		}
	}
	const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
	// CONCATENATED MODULE: ./build/http/raw-request.js
	/** Its limit of three minutes must not come before the deadline. */
	const client = new lib_HttpClient(void 0, [], { socketTimeout: (LONGEST_TIMEOUT_SECONDS + 60) * 1e3 });
	/**
	 * Sends one request through the one method of @actions/http-client that adds nothing. The others send the body, with the secret, to
	 * wherever a redirect points, and the job's ACTIONS_ORCHESTRATION_ID in the `User-Agent`.
	 * @param watch gets the request before anything is sent
	 */ async function sendRaw(url, options, body, watch) {
		const scheme = url.protocol === 'https:' ? external_node_https_default() : external_node_http_default();
		const httpModule = {
			request(prepared, onResponse) {
				const request = scheme.request(prepared, onResponse);
				// The library does not listen for a 101, and would wait for ever.
				request.once('upgrade', onResponse);
				watch(request);
				return request;
			},
		};
		const { message: incoming } = await client.requestRaw(
			{ parsedUrl: url, httpModule, options: { ...(0, external_node_url_namespaceObject.urlToHttpOptions)(url), ...options } },
			body,
		);
		if (incoming.statusCode === 101) {
			incoming.socket.destroy();
			// As Node's parser stops at it.
			throw Object.assign(new Error('HTTP 101'), { code: 'HPE_PAUSED_UPGRADE' });
		}
		return incoming;
	}
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
	/** A finite number, or one as text. */ function numberIn(value) {
		if (typeof value === 'number') return Number.isFinite(value) ? value : void 0;
		if (typeof value !== 'string') return;
		return /^-?\d{1,20}(\.\d{1,20})?$/.test(value) ? Number(value) : void 0;
	}
	/** Drops dates outside 2000 to 9999: servers write 0 or the year 1 for "none". */ function plausible(ms) {
		if (ms === void 0 || ms < Date.UTC(2e3, 0)) return;
		return ms < YEAR_10000 ? ms : void 0;
	}
	// CONCATENATED MODULE: ./build/http/response.js
	const LARGEST_RESPONSE = 1048576;
	/**
	 * Reads a body to its end. Not with `for await`, which takes a millisecond to set up.
	 * @param onBytes gets how many have come so far
	 * @throws Failure where it is too large
	 */ function readBody(incoming, host, onBytes) {
		const { promise, resolve, reject } = Promise.withResolvers();
		// Doubled as it fills. Not a list of chunks: a mebibyte in chunks of one byte would take 500 times as much.
		let buffer = Buffer.alloc(0);
		let size = 0;
		onBytes(size);
		incoming.on('data', (chunk) => {
			const needed = size + chunk.length;
			if (needed > buffer.length) buffer = Buffer.concat([buffer], 2 * needed);
			chunk.copy(buffer, size);
			size = needed;
			onBytes(size);
			if (size > LARGEST_RESPONSE) incoming.destroy(tooLarge(host, incoming));
		});
		incoming.once('end', () => resolve(buffer.subarray(0, size)));
		// Also emitted when the connection drops ("aborted" in node:http).
		incoming.once('error', reject);
		return promise;
	}
	/** @param now this runner's time */ function toResponse({ statusCode = 0, headers }, body, url, now) {
		const text = body.toString();
		const json = parseJson(text);
		return {
			url,
			host: url.host,
			status: statusCode,
			headers: foreignHeaders(headers),
			body: new Foreign(text),
			json,
			fields: isObject(json) ? json : void 0,
			date: plausible(parseHttpDate(headers.date ?? '')) ?? now,
		};
	}
	function foreignHeaders(headers) {
		const entries = Object.entries(headers);
		return Object.fromEntries(entries.map(([name, value]) => [name, new Foreign(String(value))]));
	}
	function tooLarge(host, { statusCode = 0 }) {
		return new Failure(
			'The answer is too large',
			message`${host} answered HTTP ${statusCode} with more than 1 MiB.`,
			message`Check that the endpoint is the address of an Appcircle server.`,
		);
	}
	// CONCATENATED MODULE: ./build/http/connection.js
	/** Unless Node is told more. Its own 16 KiB are too few for some that set many cookies. */
	const LARGEST_HEADERS = 65536;
	/** One host over one kept-alive connection, directly or through a proxy. */ class Connection {
		#origin;
		#route;
		#agent;
		#progress;
		#context;
		#maskSecrets;
		#systemStoreTried = false;
		/**
		 * @param origin as in `URL.origin`
		 * @param maskSecrets gets each response to a form before anything is said of it
		 * @throws Failure where the environment names an unusable proxy
		 */
		constructor(origin, context, maskSecrets) {
			const url = new URL(origin);
			const proxy = proxyFor(url, context);
			this.#origin = origin;
			this.#route = { host: url.host, proxy };
			this.#agent = agentFor(url.protocol, proxy);
			this.#progress = new Progress(this.#route);
			this.#context = context;
			this.#maskSecrets = maskSecrets;
			allowSlowAddresses(context.deadline.limitMs);
		}
		/** What a request is waiting for, as the rest of a sentence. */ doing() {
			return this.#progress.doing();
		}
		/**
		 * Sends a request and reads the response, whatever its status. Retries an untrusted certificate once with the operating system's store,
		 * and a connection that is another host's (HTTP 421; RFC 9110, 15.5.20) with a new one.
		 * @throws Failure where there is no response, or it is too large
		 */ async send(request) {
			try {
				const response = await this.#sendTrusted(request);
				if (response.status !== 421) return response;
				this.#agent.destroy();
				return await this.#sendTrusted(request);
			} catch (error) {
				if (isFailure(error)) throw error;
				throw networkFailure(error, this.#route);
			}
		}
		async #sendTrusted(request) {
			try {
				return await this.#sendOnce(request);
			} catch (error) {
				if (!isUntrusted(error) || this.#systemStoreTried) throw error;
				this.#systemStoreTried = true;
				this.#context.log.debug(() => message`${this.#route.host}: ${codeOf(error)}; trying the operating system's certificate store`);
				trustSystemStore();
				return this.#sendOnce(request);
			}
		}
		async #sendOnce(request) {
			const { clock, log } = this.#context;
			const url = new URL(this.#origin + request.path);
			const start = clock.elapsed();
			const incoming = await this.#ask(url, request);
			const bytes = await readBody(incoming, url.host, (received) => this.#progress.reading(received));
			const response = toResponse(incoming, bytes, url, clock.now());
			// Only a token service has tokens to give.
			if (request.form) this.#maskSecrets(response);
			log.debug(() => {
				const duration = durationInWords(clock.elapsed() - start);
				const what = message`${methodOf(request)} ${url.host}${request.path}`;
				return message`${what}: ${response.status} after ${duration}, ${bytes.length} bytes${requestIdIn(response)}`;
			});
			// Without a tunnel, the proxy answers in the place of the server.
			if (response.status === 407 && this.#route.proxy) throw new ProxyError(407, void 0, incoming.headers['proxy-authenticate']);
			return response;
		}
		/** Sends a request and waits for the headers of the response. */ #ask(url, request) {
			this.#progress.connecting();
			const options = {
				agent: this.#agent,
				method: methodOf(request),
				headers: headersOf(request),
				maxHeaderSize: Math.max(LARGEST_HEADERS, external_node_http_namespaceObject.maxHeaderSize),
				...trustOptions,
			};
			const body = request.form?.toString() ?? null;
			const { promise: silence, reject } = Promise.withResolvers();
			const watch = (sent) => giveUpIfSilent(sent, this.#progress, this.#context, reject);
			return Promise.race([sendRaw(url, options, body, watch), silence]);
		}
	}
	function agentFor(protocol, proxy) {
		const options = { keepAlive: true };
		if (protocol === 'https:' && proxy) return new TunnelAgent(proxy.url);
		if (protocol === 'https:') return new external_node_https_namespaceObject.Agent(options);
		if (proxy) return new external_node_http_namespaceObject.Agent({ ...options, proxyEnv: { HTTP_PROXY: proxy.url } });
		return new external_node_http_namespaceObject.Agent(options);
	}
	function methodOf({ form }) {
		return form ? 'POST' : 'GET';
	}
	function headersOf({ form, bearer }) {
		const headers = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': USER_AGENT };
		if (form) headers['content-type'] = 'application/x-www-form-urlencoded';
		if (bearer) headers['authorization'] = `Bearer ${bearer}`;
		return headers;
	}
	function requestIdIn({ headers }) {
		const id = headers['x-request-id'] ?? headers['x-correlation-id'];
		return id ? message`, request ID ${id}` : message``;
	}
	// CONCATENATED MODULE: ./build/http/retry.js
	/** The one list of them. Those from 520 are Cloudflare's, for trouble with the server behind it. */
	const RETRIED_STATUSES = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530];
	/** A network that wants a login, and Cloudflare's for a server without TLS: no wait helps. */ const NEVER_RETRIED_STATUSES = [511, 525, 526];
	/** A year. */ const LONGEST_WAIT_SECONDS = 31622400;
	const FIRST_BACKOFF_MS = 500;
	const LONGEST_BACKOFF_MS = 15e3;
	/** On top of a wait that the server named, to spread jobs that were told the same. */ const LONGEST_EXTRA_MS = 1e3;
	/** A shorter try would run into the deadline, and hide what is wrong with the server. */ const LEAST_TRY_MS = 500;
	/**
	 * Retries with exponential backoff and full jitter (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), and never
	 * sooner than the server asks (`Retry-After`).
	 * @param doing what a try is waiting for, as the rest of a sentence
	 * @throws Failure of the last try, once none fits into the time left
	 */ async function withRetries(attempt, doing, context) {
		const { clock, deadline, log } = context;
		const start = clock.elapsed();
		let trouble;
		let hadLastChance = false;
		for (let tries = 1; ; tries++)
			try {
				return await deadline.limit(attempt(), () => withTrouble(doing(), trouble));
			} catch (error) {
				if (!isFailure(error) || !error.details.transient) throw error;
				const { waitMs, once } = error.details.transient;
				const wait = waitBefore(tries, waitMs, context);
				if (wait === void 0 || (once && hadLastChance)) throw giveUp(error, timesTried(tries, clock.elapsed() - start), deadline);
				if (once) hadLastChance = true;
				trouble = error.reason;
				const waiting = message`waiting ${durationInWords(wait)} to retry.`;
				log.info(message`${trouble} Retrying in ${durationInWords(wait)} (attempt ${tries + 1}).`);
				await deadline.sleep(wait, () => withTrouble(waiting, trouble));
			}
	}
	function withTrouble(doing, trouble) {
		return trouble ? message`${doing} Before that: ${trouble}` : doing;
	}
	/** Whether another try may help after a response, and how long the server asks to wait. */ function retryDetails(response) {
		if (!isRetryable(response)) return {};
		const seconds = secondsAskedFor(response);
		if (seconds === void 0 || seconds <= 0) return { transient: { waitMs: void 0 } };
		return { transient: { waitMs: Math.min(seconds, LONGEST_WAIT_SECONDS) * 1e3 } };
	}
	function isRetryable(response) {
		const { status } = response;
		if (RETRIED_STATUSES.includes(status)) return true;
		if (NEVER_RETRIED_STATUSES.includes(status)) return false;
		return status >= 500 && status < 600 && secondsAskedFor(response) !== void 0;
	}
	/** `Retry-After` (RFC 9110, 10.2.3) or, without a readable one, Appcircle's `retry_after` in the body. */ function secondsAskedFor({
		headers,
		fields = {},
		date,
	}) {
		const header = headers['retry-after']?.raw.trim() ?? '';
		if (/^\d+$/.test(header)) return Number(header);
		const until = parseHttpDate(header);
		if (until !== void 0) return (until - date) / 1e3;
		return numberIn(fields['retry_after']);
	}
	/** Milliseconds until the next try; `undefined` if it would come too late. */ function waitBefore(tries, asked, { deadline, random }) {
		const remaining = deadline.remaining();
		const latest = Math.floor(remaining - LEAST_TRY_MS);
		const backoff = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
		// A shorter wait gets the backoff on top, or the server would be asked again and again.
		if (asked !== void 0 && asked >= FIRST_BACKOFF_MS) {
			if (asked >= remaining) return;
			const extra = random() * Math.min(backoff, LONGEST_EXTRA_MS);
			return Math.max(asked, Math.min(asked + extra, latest));
		}
		const least = asked ?? 0;
		if (least >= latest) return;
		if (asked === 0) return 0;
		return Math.min(least + random() * backoff, latest);
	}
	function timesTried(tries, spentMs) {
		if (tries === 1) return message`Tried once`;
		return message`Tried ${tries} times in ${durationInWords(spentMs)}`;
	}
	function giveUp(failure, tried, deadline) {
		const { waitMs = 0, once } = failure.details.transient ?? {};
		const remainingMs = deadline.remaining();
		if (once) return failure.withMore(message`${tried}.`);
		if (waitMs < remainingMs) return failure.withMore(message`${tried}. No time is left for another attempt.`);
		const more = message`${tried}. The server asks to wait ${durationInWords(waitMs)}, but timeout-seconds leaves only ${durationInWords(remainingMs)}.`;
		const enough = Math.ceil((waitMs + deadline.spent()) / 1e3) + 1;
		if (enough > LONGEST_TIMEOUT_SECONDS) return failure.withMore(more);
		return failure.withMore(more, message`${failure.remedy} Or set timeout-seconds to ${enough} or more (at most ${LONGEST_TIMEOUT_SECONDS}).`);
	}
	// CONCATENATED MODULE: ./build/appcircle/credentials.js
	/** What is said of each kind of key. */
	const KINDS = {
		'api-key': {
			name: words`API key`,
			/** Where in Appcircle it is made and rotated. */ where: words`My Organization > Security > API Keys (https://docs.appcircle.io/account/my-organization/security/api-keys)`,
			secretInput: 'api-key-secret',
			howToRenew: message`Rotate it or make a new one`,
			stepToRenew: message`Rotate the key or make a new one, and choose its expiry date.`,
			stepToUpdate: message`Update the secret for ${'api-key-secret'}, and ${'api-key-name'} if you made a new key.`,
		},
		'personal-access-key': {
			name: words`Personal Access Key`,
			where: words`My Organization > Security > Personal Access Key (https://docs.appcircle.io/account/my-organization/security/personal-access-key)`,
			secretInput: 'personal-access-key',
			howToRenew: message`Generate a new one`,
			stepToRenew: message`Generate a new key and choose its expiry date.`,
			stepToUpdate: message`Update the secret for ${'personal-access-key'}.`,
		},
	};
	function credentialName({ type }) {
		return KINDS[type].name;
	}
	function describeCredential(credential) {
		if (credential.type === 'api-key') return message`API key "${shownName(credential.name)}"`;
		return credentialName(credential);
	}
	/** A token may have been put in the place of the name. */ function shownName(name) {
		return name.includes('eyJ') ? new Foreign(name) : name;
	}
	function whereKeysAreMade({ type }) {
		return KINDS[type].where;
	}
	function secretInputOf({ type }) {
		return KINDS[type].secretInput;
	}
	function howToReplace({ type, expiresOn }) {
		const { howToRenew, where, secretInput } = KINDS[type];
		const update = message`${howToRenew} at ${where}, then update the secret for ${secretInput}`;
		if (expiresOn === void 0) return message`${update}.`;
		return message`${update} and the date in ${'key-expires-on'}.`;
	}
	function stepsToReplace({ type, expiresOn }) {
		const { where, stepToRenew, stepToUpdate } = KINDS[type];
		const isDateGiven = expiresOn !== void 0;
		return [
			message`In Appcircle, go to ${where}.`,
			stepToRenew,
			stepToUpdate,
			isDateGiven ? message`Update the date in ${'key-expires-on'}.` : message`Set ${'key-expires-on'} to its expiry date, to be warned next time.`,
		];
	}
	// CONCATENATED MODULE: ./build/appcircle/error-response.js
	/** Where servers say what went wrong, in any capitals: RFC 6749 (5.2) first, then Appcircle, ASP.NET and gateways. */
	const FIELDS = ['error', 'code', 'error_description', 'message', 'detail', 'title', 'errors'];
	const MOST_TEXTS = 10;
	const LONGEST_TEXT = 2e3;
	const DEEPEST = 3;
	/** Reads the answer to a request for a token where it is an error: with a 200 too, if it has an `error` and no token. */ function errorResponseIn(response) {
		const { status, fields = {} } = response;
		if (status < 400 && !hasErrorAlone(fields)) return;
		return readErrorResponse(response);
	}
	function hasErrorAlone({ access_token, error }) {
		if (access_token !== void 0 && access_token !== null) return false;
		if (isObject(error)) return Object.keys(error).length > 0;
		return textIn(error) !== void 0;
	}
	/** Reads what a response says, in whatever shape; of JSON, codes come first. */ function readErrorResponse(response) {
		const said = response.json === void 0 ? plainText(response) : response.json;
		const texts = new Set(textsIn(said, DEEPEST));
		return { ...response, texts: [...texts].slice(0, MOST_TEXTS) };
	}
	/** All of a plain text, but of a page its title. */ function plainText({ body }) {
		const text = body.raw.trim();
		if (!text.startsWith('<')) return text;
		const [, title] = /<title[^>]{0,100}>([^<]{1,300})/i.exec(text) ?? [];
		return title;
	}
	function textsIn(value, levels) {
		if (typeof value === 'string' && value.trim() !== '') return [value.slice(0, LONGEST_TEXT)];
		if (levels === 0) return [];
		const within = (each) => textsIn(each, levels - 1);
		if (Array.isArray(value)) return value.slice(0, MOST_TEXTS).flatMap(within);
		if (!isObject(value)) return [];
		const named = new Map(Object.entries(value).map(([name, each]) => [name.toLowerCase(), each]));
		return FIELDS.flatMap((name) => within(named.get(name)));
	}
	/** With a blank ahead; nothing if the server says nothing. */ function saidIn({ texts }) {
		const said = texts.join(': ');
		if (said === '') return message``;
		const sentence = message` The server says: "${new Foreign(said)}"`;
		return /[.!?]$/.test(said) ? sentence : message`${sentence}.`;
	}
	const EXPIRED = /(?<!un)expired/i;
	/** Or of nothing: "expired" alone, or a code. */ const OF_A_KEY = /^\s*\S*\s*$|(key|secret|token|credential)s?(?![a-z])/i;
	const OF_SOMETHING_ELSE = /subscription|licen[cs]e|password|session|certificate|time-?out|connection/i;
	const LEFT_OPEN = [
		// "invalid or expired", "may have expired", "not expired"
		/((?<![a-z])(or|not|if|may|might|could|whether)(?![a-z])|n't\b)[^.,:;(\u2013-]{0,20}expired/i,
		// "expired, revoked or invalid"
		/expired(, ?\w{1,15}){0,3},?[ _]or(?![a-z])/i,
		// "expired/invalid"
		/expired ?\/|\/ ?expired/i,
	];
	/** Whether one sentence says that the key has expired. */ function saysExpired({ texts }) {
		return sentencesOf(texts)
			.filter((sentence) => EXPIRED.test(sentence) && OF_A_KEY.test(sentence))
			.filter((sentence) => !OF_SOMETHING_ELSE.test(sentence))
			.some((sentence) => !LEFT_OPEN.some((form) => form.test(sentence)));
	}
	/**
	 * Whether one sentence says that there is no such thing.
	 * @param name of the thing, as the source of a pattern
	 */ function saysMissing({ texts }, name) {
		const missing = new RegExp(`(${name})s?(?![a-z]).{0,60}?((not|n't)[ _](be[ _])?(found|exist)|unknown)|(no such|unknown).{0,20}?(${name})`, 'i');
		return sentencesOf(texts).some((sentence) => missing.test(sentence));
	}
	/** Sentences and codes, `keyExpired` as `key_Expired`, without the request's own path, which may name an "api-key". */ function sentencesOf(texts) {
		return texts.flatMap((text) =>
			text
				.replace(/\S{0,200}\/v\d\/(api-key\/)?token\S*/gi, '')
				.replace(/([a-z])([A-Z])/g, '$1_$2')
				.split(/[.!?;]+(?:\s|$)|\n/),
		);
	}
	/** Whether a 403 is not of the server: a page or plain text whose words are not of a role. */ function saysBlocked({ texts, json }) {
		if (json !== void 0) return false;
		const words = texts
			.join(' ')
			.replace(/you do(n\S*t| not) have permission to (access|view).*/gi, '')
			.replace(/\b(403|forbidden|https?|error|status|code|page)\b/gi, '')
			.replace(/[\p{P}\p{S}\s]+/gu, ' ');
		const isOfARole = /\b(role|permission|member|organi[sz]ation)|keys?\b/i.test(words);
		return words.trim() !== '' && !isOfARole;
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
	// CONCATENATED MODULE: ./build/appcircle/key-oddities.js
	/** Says what is odd about a key that the server rejected, as where it was copied badly. Shows nothing of it. */
	function describeOddity(credential) {
		const oddities = [];
		for (const [input, text] of inputsOf(credential)) {
			const oddity = oddityOf(text, input === secretInputOf(credential));
			if (oddity) oddities.push(message`${input} ${oddity}.`);
		}
		if (oddities.length === 0) return;
		return joined(oddities);
	}
	function inputsOf(credential) {
		if (credential.type === 'personal-access-key') return [['personal-access-key', credential.key]];
		return [
			['api-key-name', credential.name],
			['api-key-secret', credential.secret],
		];
	}
	function oddityOf(text, isKey) {
		if (/^(["'`]).*\1$|^[\u201c\u201e\u2018].*[\u201d\u201c\u2019]$/s.test(text)) return words`has quotes around it: remove them`;
		if (text.includes('***')) return words`has "***" in it, which a log shows in the place of a secret: copy it from where it was made`;
		if (text.includes('${{')) return words`has an expression ("\${{") in it that was not evaluated: write the expression in the workflow file`;
		if (/[\r\n]/.test(text)) return words`has a line break in it: give it on one line`;
		if (/[^\S ]/.test(text) || withoutInvisible(text) !== text)
			return words`has an invisible character or an unusual space in it: copy it again, or type it by hand`;
		if (/^(Bearer )?eyJ[\w-]*(\.[\w-]*){2,4}$/.test(text)) return words`is an access token (JWT): give the key, which the action exchanges for one`;
		if (isKey && text.includes(' ')) return words`has a space in it: remove it`;
		return;
	}
	// CONCATENATED MODULE: ./build/appcircle/meaning.js
	/** Codes of RFC 6749 (5.2), which mean the same whatever the status. Keycloak has `unauthorized_client` for a wrong secret. */
	const OF_THE_KEY = /^(invalid_grant|invalid_client|unauthorized_client)\b|\b(invalid|bad|wrong)[_ ](\w+ )?credentials\b/i;
	const OF_THE_REQUEST = /^(invalid_request|invalid_scope|unsupported_grant_type)\b/i;
	/** What it means that a path gave no token. */ function keyMeaning(response) {
		const { status, texts } = response;
		// Some servers answer so for a missing path.
		if (status === 405) return 'missing path';
		if (saysExpired(response)) return 'expired key';
		if (texts.some((text) => OF_THE_KEY.test(text))) return 'wrong key';
		if (texts.some((text) => OF_THE_REQUEST.test(text))) return 'other';
		if (status === 401) return 'wrong key';
		if (status === 403) return saysBlocked(response) ? 'blocked' : 'no access';
		if (status === 404 && saysMissing(response, 'key|credential')) return 'wrong key';
		if (status === 404 && saysMissing(response, 'organi[sz]ation')) return 'no access';
		if (status === 404) return 'missing path';
		return status <= 400 ? 'bad request' : 'other';
	}
	// CONCATENATED MODULE: ./build/appcircle/rejection.js
	/** In the pages of nginx, Apache, Go and Tomcat. */
	const SPEAKS_TLS = [
		'plain HTTP request was sent to HTTPS port',
		'speaking plain HTTP to an SSL-enabled',
		'HTTP request to an HTTPS server',
		'host and port requires TLS',
	];
	/** Explains a response that means the same on any path; `undefined` for all others. */ function generalRejection(response) {
		const { status, url, host, body } = response;
		// 300 and 304 lead nowhere.
		if (status < 301 || status === 304) return;
		if (status < 400) return redirect(response);
		const speaksTls = SPEAKS_TLS.some((words) => body.raw.includes(words));
		if (status === 400 && url.protocol === 'http:' && speaksTls) return needsTls(host);
		if (status === 429) return throttled(readErrorResponse(response));
		// RFC 6585, 6.
		if (status === 511) return networkLogin(readErrorResponse(response));
		if (status >= 500 || isRetryable(response)) return serverError(readErrorResponse(response));
		return;
	}
	function redirect({ host, status, url, headers: { location } }) {
		const target = location && URL.parse(location.raw, url.href);
		return new Failure(
			'The server answered with a redirect',
			message`${host} answered HTTP ${status} with a redirect to ${differenceOf(target, url)}. It was not followed, since the request holds a secret.`,
			message`If that is yours and the right address, change the endpoint to it. Otherwise check for a proxy or a login page between this runner and the server.`,
		);
	}
	/** In what a redirect's target differs from what was asked: the host, the scheme or the path. */ function differenceOf(target, { protocol, host }) {
		if (!target?.host) return message`no readable address`;
		if (target.host !== host) return message`${new Foreign(target.host)}`;
		if (target.protocol !== protocol) return message`${new Foreign(target.protocol)}// on the same host`;
		return message`the path ${new Foreign(target.pathname)} on the same host`;
	}
	function throttled(response) {
		return rejected(
			response,
			'Appcircle is throttling requests',
			message`is throttling requests`,
			message`Run the job again later. Jobs that start together share the limit: set max-parallel on a matrix.`,
			retryDetails(response),
		);
	}
	function networkLogin(response) {
		return rejected(
			response,
			'The request was blocked',
			message`is behind a network that wants a login`,
			message`Log this runner in to that network, or have it let the runner through.`,
		);
	}
	function serverError(response) {
		return new Failure(
			'Appcircle has a server error',
			message`${response.host} answered HTTP ${response.status}.${saidIn(response)}`,
			message`Run the job again later. If it keeps failing, check Appcircle's status page or ask whoever runs the server.`,
			retryDetails(response),
		);
	}
	/** Explains why there is no list of organizations. */ function listRejection(response) {
		const errorResponse = readErrorResponse(response);
		const { host, status } = errorResponse;
		if (status === 401)
			return rejected(
				errorResponse,
				'Not allowed to list organizations',
				message`did not accept the token, so the sub-organization's name can't be looked up`,
				message`Check that auth-endpoint and api-endpoint belong to the same server. If they do, use the GUID of the sub-organization instead of its name.`,
			);
		if (status === 403 && saysBlocked(errorResponse)) return blocked(errorResponse);
		if (status === 403)
			return rejected(
				errorResponse,
				'Not allowed to list organizations',
				message`does not let this key list organizations, so the sub-organization's name can't be looked up`,
				message`Use the GUID of the sub-organization instead of its name, or give the key a role that may list organizations.`,
			);
		return new Failure(
			'The organization list could not be read',
			message`${host} answered HTTP ${status} without a readable list of organizations.`,
			message`Check api-endpoint, or use the GUID of the sub-organization instead of its name.`,
		);
	}
	/**
	 * Explains why a path gave no token.
	 * @param organizationId the sub-organization that was asked for
	 */ function keyRejection(response, credential, organizationId) {
		const meaning = keyMeaning(response);
		// A key that was copied badly explains every refusal, but for one by a server that has no such path.
		const isOdd = describeOddity(credential) !== void 0;
		if (isOdd && meaning !== 'missing path') return wrongKey(response, credential);
		switch (meaning) {
			case 'missing path':
				// A Personal Access Key has older paths, but the oldest can't name a sub-organization.
				if (credential.type === 'personal-access-key' && organizationId) return serverTooOld(response);
				return missingPath(response, credential);

			case 'expired key':
				return expired(response, credential);

			case 'wrong key':
				return wrongKey(response, credential);

			case 'no access':
				return noAccess(response, credential, organizationId);

			case 'blocked':
				return blocked(response);

			case 'bad request':
				if (organizationId) return badRequest(response, organizationId);
				return otherRejection(response);

			case 'other':
				return otherRejection(response);
		}
	}
	function blocked(response) {
		return rejected(
			response,
			'The request was blocked',
			message`or something in front of it blocked the request`,
			message`Check for a firewall, a proxy or a list of allowed addresses that blocks this runner. If there is none, check that the key has a role in the organization.`,
		);
	}
	function missingPath(response, credential) {
		const check = message`Check auth-endpoint: it is the base URL of the authentication server.`;
		const version = message`A self-hosted server needs version 3.29.0 or newer for API keys.`;
		return rejected(
			response,
			'No token service at this address',
			message`has no token service for ${credentialName(credential)}s`,
			credential.type === 'api-key' ? message`${check} ${version}` : check,
		);
	}
	function serverTooOld({ host, status }) {
		return new Failure(
			'The server is too old for sub-organizations',
			message`${host} has neither /auth/v3/token nor /auth/v2/token (HTTP ${status}), and older paths can't name a sub-organization.`,
			message`Check auth-endpoint. If it is right, update the server, or leave sub-organization out and use a key made in that sub-organization.`,
		);
	}
	function expired(response, credential) {
		return rejected(response, 'The key has expired', message`says that the ${credentialName(credential)} has expired`, howToReplace(credential), {
			steps: stepsToReplace(credential),
		});
	}
	function wrongKey(response, credential) {
		const check = describeOddity(credential) ?? howToCheck(credential);
		return rejected(
			response,
			'Appcircle did not accept the key',
			message`did not accept the ${credentialName(credential)}`,
			message`${check} The key may also have been deleted or have expired: see ${whereKeysAreMade(credential)}.`,
		);
	}
	function howToCheck(credential) {
		return credential.type === 'api-key'
			? message`Check that api-key-name is exactly the name that Appcircle shows, and api-key-secret its secret.`
			: message`Check that ${secretInputOf(credential)} is the whole key, made in the root organization.`;
	}
	function noAccess(response, credential, organizationId) {
		const organization = organizationId ? message`the organization ${organizationId}` : message`its own organization`;
		const access =
			credential.type === 'api-key'
				? message`Give the API key a role in that organization: select Manage on it at ${whereKeysAreMade(credential)}. Its secret stays the same.`
				: message`Ask an owner of that organization to add you as a member, and check that the key was made in the root organization.`;
		return rejected(
			response,
			'The key has no access to the organization',
			message`denied this ${credentialName(credential)} access to ${organization}`,
			message`${access} If it has access, check for a firewall, a proxy or a list of allowed addresses that blocks this runner.`,
		);
	}
	function badRequest(response, organizationId) {
		return rejected(
			response,
			'Appcircle rejected the request',
			message`rejected the request for the organization ${organizationId}`,
			message`Check sub-organization: it is the GUID of a sub-organization, or its name.`,
		);
	}
	function otherRejection(response) {
		return rejected(
			response,
			'Appcircle rejected the request',
			message`rejected the request for a token`,
			message`Check auth-endpoint. If it is right, contact Appcircle support with the time of this run.`,
		);
	}
	/** @param what the server did, as the rest of a sentence */ function rejected(response, title, what, remedy, details) {
		const reason = message`${response.host} ${what} (HTTP ${response.status}).${saidIn(response)}`;
		return new Failure(title, reason, remedy, details);
	}
	// CONCATENATED MODULE: ./build/base/guid.js
	/** 32 hexadecimal digits in five groups, as Appcircle writes them. */
	function isGuid(text) {
		return /^[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/.test(text);
	}
	// CONCATENATED MODULE: ./build/appcircle/token.js
	/** Windows has no environment variables beyond 32,767 characters, name included (Microsoft, CreateProcess). */
	const LONGEST_TOKEN = 32e3;
	/** RFC 6750, section 2.1. */ const B68_TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
	const SHORTEST_TOKEN = 8;
	function notAToken(reason) {
		return new Failure(
			'The answer is not a token',
			reason,
			message`Check that auth-endpoint is the address of an Appcircle authentication server, and that no proxy or login page answers in its place.`,
		);
	}
	/** Masks the tokens in a response (RFC 6749, 5.1; OpenID Connect Core, 3.1.3.3). */ function maskTokens({ fields = {} }, secrets) {
		const { access_token, refresh_token, id_token } = fields;
		secrets.add([access_token, refresh_token, id_token].filter(isMaskable));
	}
	/** The runner masks each line of a value. One of a few characters, such as "0", would blot out the log. */ function isMaskable(value) {
		if (typeof value !== 'string' || /[\r\n]/.test(value)) return false;
		return value.trim().length >= SHORTEST_TOKEN;
	}
	/**
	 * Reads a token response (RFC 6749, 5.1).
	 * @param now this runner's time
	 * @throws Failure where there is no usable token in it
	 */ function readToken(response, now) {
		const [fields, value] = readFields(response);
		const claims = jwtClaims(value);
		const left = msLeft(fields, claims, response.date);
		if (left !== void 0 && left <= 0) throw alreadyExpired(response);
		const organization = claimText(claims['currentOrganizationId']);
		const isKnown = organization !== void 0 && isGuid(organization.raw);
		return {
			value,
			expiresAt: left && plausible(now + left),
			receivedAt: now,
			serverTime: response.date,
			organization,
			organizationId: isKnown ? organization.raw : void 0,
		};
	}
	/** How long a token is still valid by the server's clock, in milliseconds; `undefined` if neither `expires_in` nor `exp` says. */ function msLeft(
		fields,
		claims,
		serverTime,
	) {
		const seconds = numberIn(fields['expires_in']);
		// What ends past the year 9999 tells nothing.
		if (seconds !== void 0 && serverTime + seconds * 1e3 < YEAR_10000) return seconds * 1e3;
		const exp = numberIn(claims['exp']);
		if (exp === void 0 || exp <= 0) return;
		return exp * 1e3 - serverTime;
	}
	/** The fields of a response, and the token in it. */ function readFields({ host, status, headers, fields }) {
		const wrong = (what) => notAToken(message`${host} answered HTTP ${status} ${what}.`);
		if (status < 200 || status > 299) throw wrong(message`without a token`);
		const encoding = headers['content-encoding']?.raw ?? 'identity';
		if (encoding.toLowerCase() !== 'identity') throw wrong(message`in an encoding that was not asked for`);
		// Whatever the content type says: some servers call JSON a page.
		if (!fields) throw wrong(message`with something other than a JSON object`);
		const { access_token: token, token_type: type } = fields;
		if (token === void 0 || token === null) throw wrong(message`without an access_token`);
		if (typeof token !== 'string') throw wrong(message`with an access_token that is not text`);
		if (token.length < SHORTEST_TOKEN) throw wrong(message`with an access_token of fewer than ${SHORTEST_TOKEN} characters`);
		const tokenType = type ?? 'bearer';
		if (typeof tokenType !== 'string' || !/^bearer$/i.test(tokenType)) throw wrong(message`with a token_type other than Bearer`);
		if (token.length > LONGEST_TOKEN) throw wrong(message`with an access_token of ${token.length} characters, too long for an environment variable`);
		if (!B68_TOKEN.test(token)) throw wrong(message`with an access_token that has characters no bearer token has`);
		return [fields, token];
	}
	function alreadyExpired({ host, status }) {
		return new Failure(
			'The token has already expired',
			message`${host} answered HTTP ${status} with a token that has already expired.`,
			message`Check the clocks of the server and of this runner, then run the job again. The token was not exported.`,
		);
	}
	/**
	 * Reads the claims of a JWT (RFC 7519); an opaque token has none. The signature is not checked: the token came from the server that signed
	 * it, and its claims decide only whether to go on.
	 */ function jwtClaims(token) {
		const parts = token.split('.');
		if (parts.length !== 3) return {};
		return parseObject(Buffer.from(parts[1] ?? '', 'base64url').toString()) ?? {};
	}
	/** Any claim as text, unless it is blank. */ function claimText(claim) {
		if (typeof claim === 'object' && claim !== null) return new Foreign('(unreadable)');
		return textIn(String(claim ?? ''));
	}
	// CONCATENATED MODULE: ./build/appcircle/client.js
	/** Talks to an Appcircle, cloud or self-hosted. Connects on first use. */
	class AppcircleClient {
		#endpoints;
		#context;
		#connections = new Map();
		constructor(endpoints, context) {
			this.#endpoints = endpoints;
			this.#context = context;
		}
		/**
		 * Sends a form to the authentication server. Tokens in the response are masked before anything else.
		 * @throws Failure where no final response comes. Throttling, server errors and dropped connections are retried until the deadline.
		 */ post(path, form) {
			return this.#ask(this.#endpoints.authEndpoint, { path, form });
		}
		/** Gets a path of the API server, likewise. */ get(path, bearer) {
			return this.#ask(this.#endpoints.apiEndpoint, { path, bearer });
		}
		#ask(endpoint, request) {
			const { origin } = new URL(endpoint);
			const path = endpoint.slice(origin.length) + request.path;
			const connection = this.#connectionTo(origin);
			const attempt = async () => {
				const response = await connection.send({ ...request, path });
				const rejection = generalRejection(response);
				if (rejection) throw rejection;
				return response;
			};
			return withRetries(attempt, () => connection.doing(), this.#context);
		}
		#connectionTo(origin) {
			const known = this.#connections.get(origin);
			if (known) return known;
			const mask = (response) => maskTokens(response, this.#context.secrets);
			const connection = new Connection(origin, this.#context, mask);
			this.#connections.set(origin, connection);
			return connection;
		}
	}
	// CONCATENATED MODULE: ./build/appcircle/organizations.js
	function describeOrganization({ id, name }) {
		return name === void 0 ? message`${id}` : message`"${name}" (${id})`;
	}
	/**
	 * Throws a Failure where the token is for another organization than the one asked for: a key without a role there may get one (the CLI
	 * checks the same claim). A token that does not say is accepted, but not from an older path, which may not know the field.
	 */ function checkOrganization({ organization, organizationId }, asked, credential, isOlderPath) {
		if (organization === void 0) {
			if (!isOlderPath) return;
			throw new Failure(
				'The organization could not be checked',
				message`You asked for the organization ${describeOrganization(asked)}, but this is an older server, which may ignore that, and the token does not say which organization it is for.`,
				message`Update the server, or leave sub-organization out and use a key made in that sub-organization. The token was not exported.`,
			);
		}
		if (organizationId?.toLowerCase() === asked.id.toLowerCase()) return;
		const access =
			credential.type === 'api-key'
				? message`Give the API key a role in the organization that you asked for.`
				: message`Use a Personal Access Key made in the root organization by a member of the organization that you asked for.`;
		throw new Failure(
			'The token is for another organization',
			message`You asked for the organization ${describeOrganization(asked)}, but the token is for ${organization}.`,
			message`${access} The token was not exported.`,
		);
	}
	// CONCATENATED MODULE: ./build/appcircle/exchange.js
	/**
	 * Exchanges a credential for an access token.
	 * @param organization the sub-organization that the token is for; the key's own organization without it
	 * @throws Failure where there is no token to be had, or it is for another organization
	 */
	async function exchange(credential, organization, client, { log, clock }) {
		const [newest, ...older] = tokenRequests(credential, organization?.id);
		let answer = await ask(newest, client);
		for (const request of older) {
			// Only a missing path means an older server. Any other response is about this key.
			if (!answer.errorResponse || keyMeaning(answer.errorResponse) !== 'missing path') break;
			answer = await ask(request, client);
		}
		const { path, response, errorResponse } = answer;
		if (errorResponse) throw keyRejection(errorResponse, credential, organization?.id);
		const isOlder = path !== newest.path;
		if (isOlder) log.info(message`${response.host} is an older server: ${path} answered, ${newest.path} is missing.`);
		const token = readToken(response, clock.now());
		if (organization) checkOrganization(token, organization, credential, isOlder);
		return token;
	}
	async function ask({ path, form }, client) {
		const response = await client.post(path, form);
		return { path, response, errorResponse: errorResponseIn(response) };
	}
	/**
	 * Lists the requests to try, the newest server's first. Paths and fields: Appcircle's pages "API Keys" and "Personal Access Key", CLI 2.7.3.
	 * @param organizationId GUID of a sub-organization; requests that can't name one are left out then
	 */ function tokenRequests(credential, organizationId) {
		if (credential.type === 'api-key') {
			const { name, secret } = credential;
			return [tokenRequest('/auth/v1/api-key/token', { name, secret, organizationId })];
		}
		const { key } = credential;
		const rest = { scope: 'openid,profile,email', subOrganization: organizationId };
		const v3 = tokenRequest('/auth/v3/token', { personalAccessKey: key, ...rest });
		// Appcircle's pages name it as v3 does, all of its plugins like this (read in 2026-11).
		const older = { pat: key, ...rest, subOrganizationId: organizationId };
		const v2 = tokenRequest('/auth/v2/token', older);
		if (organizationId) return [v3, v2];
		return [v3, v2, tokenRequest('/auth/v1/token', { pat: key })];
	}
	function tokenRequest(path, fields) {
		const form = new URLSearchParams();
		for (const [name, value] of Object.entries(fields)) if (value !== void 0) form.set(name, value);
		return { path, form };
	}
	// CONCATENATED MODULE: ./build/appcircle/organization-list.js
	const PATH = '/identity/v1/organizations';
	/** A server may page by a size of its own. */ const PER_PAGE = 100;
	/** Longer names are passed over, before anything is done with them. */ const LONGEST_NAME = 1e3;
	const NO_PAGE = { organizations: [], total: void 0 };
	/**
	 * Gets a page of the organizations that a key can see. Appcircle documents no paging.
	 * @param number from 1
	 * @param token of the key's own organization
	 * @throws Failure where it can't be read
	 */ async function getPage(number, token, client) {
		const response = await client.get(`${PATH}?page=${number}&perPage=${PER_PAGE}`, token.value);
		// A server that has no such page may say so by its status.
		if (response.status === 400 || response.status === 404) return NO_PAGE;
		return readPage(response);
	}
	/** Gets the list without parameters, as the CLI does. */ async function getList(token, client) {
		return readPage(await client.get(PATH, token.value));
	}
	function readPage(response) {
		if (response.status === 204) return NO_PAGE;
		const { data, total } = response.fields ?? {};
		if (response.status !== 200 || !Array.isArray(data)) throw listRejection(response);
		const organizations = data.flatMap((entry) => readEntry(entry) ?? []);
		if (data.length > 0 && organizations.length === 0) throw listRejection(response);
		return { organizations, total: numberIn(total) };
	}
	/** Passes over an entry that can't be read. */ function readEntry(entry) {
		const { id, name: text, disabled } = Object(entry);
		const name = textIn(text);
		if (typeof id !== 'string' || !isGuid(id)) return;
		if (name === void 0 || name.raw.length > LONGEST_NAME) return;
		// More than 30 accents in a row: normalizing takes time by the square of them (UAX #15, Stream-Safe Text Format).
		if (/\p{M}{31}/u.test(name.raw)) return;
		return { id, name, disabled: disabled === true };
	}
	// CONCATENATED MODULE: ./build/appcircle/organization-search.js
	/** Longer lists are taken for endless. */
	const MOST_ORGANIZATIONS = 1e5;
	/** In messages. */ const MOST_SHOWN = 20;
	/**
	 * Finds a sub-organization by name. Reads every page, since names are not unique. Appcircle documents no search by name.
	 * @param token of the key's own organization
	 * @throws Failure where none or several have the name, or the list can't be read
	 */ async function findByName(name, token, client) {
		const search = new Search(name);
		let number = 1;
		while (search.look(await getPage(number, token, client))) number += 1;
		// A server may refuse parameters, or count pages from 0.
		if (search.isIncomplete) search.look(await getList(token, client));
		return search.result();
	}
	/** Looks for a name in a list, and keeps no more of the list than is shown in the end. */ class Search {
		#asked;
		#name;
		#visible;
		#ids = new Set();
		#all = new Sample();
		#matches = new Sample();
		#otherCapitals = new Sample();
		#otherInvisible = new Sample();
		/** The largest that any page told. */
		#total = 0;
		constructor(asked) {
			this.#asked = asked;
			this.#name = comparable(asked);
			this.#visible = visibleText(this.#name);
		}
		/** Whether nothing was found, and there is more than was seen. */ get isIncomplete() {
			if (this.#matches.count > 0) return false;
			return this.#ids.size === 0 || this.#ids.size < this.#total;
		}
		/**
		 * Looks through a page.
		 * @returns whether it had anything new: some servers repeat the last page, or the whole list
		 * @throws Failure where there are more organizations than any list has
		 */ look({ organizations, total = 0 }) {
			const before = this.#ids.size;
			this.#total = Math.max(this.#total, total);
			for (const organization of organizations) {
				const id = organization.id.toLowerCase();
				if (this.#ids.has(id)) continue;
				this.#ids.add(id);
				this.#classify(organization);
			}
			if (this.#ids.size > MOST_ORGANIZATIONS) throw endless(this.#ids.size);
			return this.#ids.size > before;
		}
		#classify(organization) {
			this.#all.add(organization);
			const name = comparable(organization.name.raw);
			if (name === this.#name) this.#matches.add(organization);
			else if (differByCapitals(name, this.#name)) this.#otherCapitals.add(organization);
			else if (visibleText(name) === this.#visible) this.#otherInvisible.add(organization);
		}
		/** The one that has the name. Throws a Failure where none or several have it. */ result() {
			const [match] = this.#matches.first;
			if (!match) throw this.#unknown();
			if (this.#matches.count > 1) throw this.#ambiguous();
			return { id: match.id, name: this.#asked };
		}
		#ambiguous() {
			const lead = message`${this.#matches.count} organizations are named "${this.#asked}"`;
			const items = this.#matches.list(({ id, disabled }) => (disabled ? message`${id} (disabled)` : message`${id}`));
			return new Failure(
				'Several sub-organizations have this name',
				message`${lead}: ${joined(items, ', ')}.`,
				message`Use the GUID of the right one as sub-organization.`,
				{ list: { lead, items } },
			);
		}
		/** Says what there is in its place, and what to do. */ #unknown() {
			if (this.#otherCapitals.count > 0) {
				const others = joined(this.#otherCapitals.list(describe), ', ');
				return unknown(message`${this.#nothingFound()} Did you mean ${others}?`, message`Use that name or GUID as sub-organization: names are case-sensitive.`);
			}
			if (this.#otherInvisible.count > 0) {
				const others = joined(this.#otherInvisible.list(describe), ', ');
				return unknown(
					message`${this.#nothingFound()} Only invisible characters differ in ${others}.`,
					message`Use the GUID as sub-organization, or retype the name.`,
				);
			}
			if (this.#all.count === 0)
				return unknown(message`${this.#nothingFound()} This key has no access to any organization.`, message`Give the key a role in the sub-organization.`);
			const lead = message`${this.#nothingFound()} This key can see`;
			const items = this.#all.list(describe);
			return unknown(message`${lead} ${joined(items, ', ')}.`, message`Use one of these names, or a GUID, as sub-organization.`, { list: { lead, items } });
		}
		#nothingFound() {
			const nothing = message`No organization named "${this.#asked}" found.`;
			const { size } = this.#ids;
			if (this.#total <= size) return nothing;
			return message`${nothing} The server says that there are ${this.#total}, and listed ${size} that can be read.`;
		}
	}
	/** The first of many organizations, and how many there are. */ class Sample {
		first = [];
		count = 0;
		add(organization) {
			this.count += 1;
			if (this.first.length < MOST_SHOWN) this.first.push(organization);
		}
		/** Describes each of the first, and says how many more there are. */ list(describeOne) {
			const items = this.first.map(describeOne);
			const others = this.count - items.length;
			if (others > 0) items.push(message`and ${others} more`);
			return items;
		}
	}
	function describe({ id, name, disabled }) {
		return disabled ? message`"${name}" (${id}, disabled)` : message`"${name}" (${id})`;
	}
	/** A name as names are compared: in NFC, with single blanks. Capitals and all else count. */ function comparable(name) {
		const blanks = /\p{White_Space}+/gu;
		return name.normalize('NFC').replace(blanks, ' ').replace(/^ | $/g, '');
	}
	/** In Turkish, I and i are other letters than in the rest of Unicode. */ function differByCapitals(name, other) {
		if (name.toLowerCase() === other.toLowerCase()) return true;
		return name.toLocaleLowerCase('tr') === other.toLocaleLowerCase('tr');
	}
	function unknown(reason, remedy, details) {
		return new Failure('No sub-organization has this name', reason, remedy, details);
	}
	function endless(seen) {
		return new Failure(
			'The organization list could not be read',
			message`The list of organizations has no end: ${seen} organizations, and more to come.`,
			message`Use the GUID of the sub-organization instead of its name.`,
		);
	}
	// CONCATENATED MODULE: ./build/appcircle/token-variable.js
	/** The variable that has the token: in the environment of later steps, and in the configuration of the Appcircle CLI. */
	const TOKEN_VARIABLE = 'AC_ACCESS_TOKEN';
	// CONCATENATED MODULE: ./build/key-expiry.js
	/** What `expiry-warning-days` is by default, in action.yml too. */
	const DEFAULT_WARNING_DAYS = 14;
	/** Judges a key's expiry, which nobody but the user knows: no documented answer of Appcircle's tells it. */ function assessKeyExpiry(
		expiresAt,
		warningDays,
		now,
	) {
		if (expiresAt === void 0) return;
		const msLeft = expiresAt - now;
		return { status: statusAt(msLeft, warningDays), expiresAt, msLeft };
	}
	/** A key that expires now has expired; one that expires in exactly `warningDays` is expiring. */ function statusAt(msLeft, warningDays) {
		if (msLeft <= 0) return 'expired';
		if (msLeft <= warningDays * DAY_MS) return 'expiring';
		return 'ok';
	}
	/** Whether the key is known to have expired, or to expire soon. */ function isWorthAWarning(keyExpiry) {
		return keyExpiry !== void 0 && keyExpiry.status !== 'ok';
	}
	/** Whether the key has expired, or expires within so many days. */ function expiresWithin({ msLeft }, days) {
		return msLeft <= days * DAY_MS;
	}
	// CONCATENATED MODULE: ./build/report/key-expiry.js
	/** Warns of a key that expires soon or has expired, or says how to be warned. */
	function announceKeyExpiry(keyExpiry, credential, log) {
		const kind = credentialName(credential);
		if (!keyExpiry) {
			log.info(message`The ${kind}'s expiry date is unknown. Set key-expires-on to be warned before it expires.`);
			return;
		}
		const key = describeCredential(credential);
		const expires = expiryInWords(keyExpiry);
		if (keyExpiry.status === 'expired')
			log.warning(
				words`Appcircle ${kind} is past its expiry date`,
				message`The ${key} ${expires}, but it still works. Correct key-expires-on, or replace the key before it stops working. ${howToReplace(credential)}`,
			);
		else if (keyExpiry.status === 'expiring')
			log.warning(words`Appcircle ${kind} expires ${distanceInWords(keyExpiry.msLeft)}`, message`The ${key} ${expires}. ${howToReplace(credential)}`);
		else log.info(message`The ${kind} ${expires}.`);
	}
	/** The failure that expiry-failure-days asks for. */ function expiresTooSoon(keyExpiry, failureDays, credential) {
		return new Failure(
			'The key expires too soon',
			message`The ${credentialName(credential)} ${expiryInWords(keyExpiry)}, and expiry-failure-days is ${failureDays}. The token was not exported.`,
			howToReplace(credential),
			{ steps: stepsToReplace(credential) },
		);
	}
	/** `expires on 2026-11-30 (in 9 days)`, with the time of day unless it is midnight UTC. */ function expiryInWords({ expiresAt, msLeft }) {
		const verb = msLeft > 0 ? words`expires` : words`expired`;
		const day = message`${verb} on ${isoDay(expiresAt)} (${distanceInWords(msLeft)})`;
		if (expiresAt % DAY_MS === 0) return day;
		return message`${day}, at ${isoTime(expiresAt)} UTC`;
	}
	// CONCATENATED MODULE: ./build/report/outputs.js
	/** Whether a sub-organization was asked for, but the token does not say which organization it is for. */
	function isUnchecked(outcome) {
		return outcome.organization !== void 0 && outcome.token.organization === void 0;
	}
	/** By the names of action.yml. What is unknown is empty. */ function outputsOf({ token, credential, keyExpiry }) {
		return {
			'access-token': token.value,
			'token-expires-at': isoOrEmpty(token.expiresAt),
			'organization-id': token.organizationId ?? '',
			'credential-type': credential.type,
			'key-expires-on': isoOrEmpty(keyExpiry?.expiresAt),
			'key-days-left': keyExpiry ? String(wholeDays(keyExpiry.msLeft)) : '',
			'key-expiry-status': keyExpiry?.status ?? 'unknown',
		};
	}
	function isoOrEmpty(instant) {
		if (instant === void 0) return '';
		return isoInstant(instant);
	}
	// CONCATENATED MODULE: ./build/report/lines.js
	const MOST_DIFFERENCE_MS = 3e5;
	function announceExchange(credential, authEndpoint, asked, log) {
		const { host } = new URL(authEndpoint);
		const exchange = message`Exchanging the ${describeCredential(credential)} at ${host}`;
		if (asked) log.info(message`${exchange} for the sub-organization ${describeOrganization(asked)}.`);
		else log.info(message`${exchange}.`);
	}
	/** Says for which organization a token is and how long, and what is odd about it. */ function announceToken(outcome, log) {
		const { token } = outcome;
		log.info(message`The access token ${purposeInWords(outcome)}. ${validityInWords(token)}`);
		if (isUnchecked(outcome))
			log.warning(
				words`The token does not name its organization`,
				message`The token does not say which organization it is for, so it could not be checked against ${describeOrganization(outcome.organization)}. Check that the key has a role there: without one, Appcircle may issue a token for another organization.`,
			);
		const difference = Math.abs(token.serverTime - token.receivedAt);
		if (difference > MOST_DIFFERENCE_MS)
			log.info(message`The clocks of the server and of this runner differ by ${durationInWords(difference)}. Expiry is judged by the server's clock.`);
	}
	function purposeInWords({ token, organization }) {
		if (token.organization === void 0) return message`does not name its organization`;
		if (organization) return message`is for the organization ${describeOrganization(organization)}`;
		return message`is for the organization ${token.organizationId ?? token.organization}`;
	}
	function validityInWords(token) {
		const until = validUntil(token);
		if (until) return message`It is valid until ${until}.`;
		return message`The server does not say how long it is valid.`;
	}
	/** `2026-11-20T19:04:05Z (4 h)` */ function validUntil({ expiresAt, receivedAt }) {
		if (expiresAt === void 0) return;
		return message`${isoInstant(expiresAt)} (${durationInWords(expiresAt - receivedAt)})`;
	}
	function announceExport(exportEnv, log) {
		if (exportEnv) {
			log.info(message`Exported the token as AC_ACCESS_TOKEN, and as the output access-token.`);
			return;
		}
		log.info(message`The token is in the output access-token. AC_ACCESS_TOKEN was not exported, since export-env is false.`);
	}
	// CONCATENATED MODULE: ./build/report/security-warnings.js
	/** Warns of settings that let others read or forge what is sent. */
	function warnOfRisks(endpoints, { log, variable }) {
		warnOfOpenConnections(endpoints, log);
		if (variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0')
			log.warning(
				words`Certificates are not checked`,
				message`NODE_TLS_REJECT_UNAUTHORIZED is 0, so any server can pose as Appcircle and take the secret. Remove the variable, and pass a private certificate authority as ca-certificate.`,
			);
	}
	function warnOfOpenConnections({ authEndpoint, apiEndpoint }, log) {
		const endpoints = [
			{ input: 'auth-endpoint', url: new URL(authEndpoint) },
			{ input: 'api-endpoint', url: new URL(apiEndpoint) },
		];
		const open = endpoints.filter(({ url }) => isOpen(url));
		if (open.length === 0) return;
		const inputs = open.map(({ input }) => input).join(' and ');
		const hosts = new Set(open.map(({ url }) => url.host));
		const verb = open.length === 1 ? words`is` : words`are`;
		log.warning(
			words`The connection is not encrypted`,
			message`${inputs} ${verb} http://, so anyone between this runner and ${[...hosts].join(' or ')} can read the secret and the token. Use https://.`,
		);
	}
	function isOpen({ protocol, hostname }) {
		return protocol === 'http:' && !isLoopback(hostname);
	}
	// CONCATENATED MODULE: ./build/report/summary.js
	const STATUS = { ok: '\u2705 ok', expiring: '\u26a0\ufe0f expiring', expired: '\u274c past its expiry date', unknown: '\u2754 unknown' };
	const UNKNOWN = message`not known`;
	/** A table, and how to replace the key if it needs replacing. */
	function summaryOf(outcome, secrets) {
		const { token, credential, keyExpiry } = outcome;
		const html = (text) => secrets.showAsHtml(text);
		const table = [
			row('Credential', html(describeCredential(credential))),
			row('Organization', organizationIn(outcome, html)),
			row('Token valid until', html(validUntil(token) ?? UNKNOWN)),
			row('Key expires', html(keyExpiry ? keyEnd(keyExpiry) : UNKNOWN)),
			row('Status', STATUS[keyExpiry?.status ?? 'unknown']),
		].join('\n');
		return `<h3>Appcircle access token</h3>\n<table>\n${table}\n</table>\n${advice(outcome, html)}`;
	}
	function row(name, value) {
		return `<tr><th align="left">${name}</th><td>${value}</td></tr>`;
	}
	/** The name that was asked for, and what the token names. */ function organizationIn(outcome, html) {
		const { token, organization } = outcome;
		const names = [organization?.name, token.organizationId ?? token.organization ?? organization?.id];
		const lines = names.filter((name) => name !== void 0).map((name) => html(message`${name}`));
		if (lines.length === 0) lines.push('not known');
		if (isUnchecked(outcome)) lines.push('not checked');
		return lines.join('<br>');
	}
	function keyEnd({ expiresAt, msLeft }) {
		return message`${isoDay(expiresAt)} (${distanceInWords(msLeft)})`;
	}
	/**
	 * The title, the reason, the remedy and where to read on.
	 * @param page a URL, or a path in the folder of a local action
	 */ function failureSummary(failure, page, secrets) {
		const html = (text) => secrets.showAsHtml(text);
		const title = `<h3>\u274c ${failure.title}</h3>\n`;
		const more = `<p>More: ${summary_link(page, secrets)}</p>\n`;
		return title + reasonOf(failure, html) + remedyOf(failure, html) + more;
	}
	function reasonOf({ reason, details: { list } }, html) {
		// A list of one is a sentence.
		if (!list || list.items.length === 1) return paragraph(reason, html);
		const items = `<ul>\n${listItems(list.items, html)}\n</ul>\n`;
		if (!list.lead) return items;
		return paragraph(message`${list.lead}:`, html) + items;
	}
	function remedyOf({ remedy, details: { steps } }, html) {
		if (!steps) return paragraph(remedy, html);
		return stepList(steps, html);
	}
	function summary_link(page, secrets) {
		const address = secrets.show(page);
		const isUrl = /^https?:\/\/[^\s"<>]+$/.test(address);
		if (!isUrl) return secrets.showAsHtml(page);
		return `<a href="${address}">Troubleshooting</a>`;
	}
	function advice({ credential, keyExpiry }, html) {
		if (!keyExpiry) return paragraph(message`Set ${'key-expires-on'} to be warned before the key expires.`, html);
		if (keyExpiry.status === 'ok') return '';
		return stepList(stepsToReplace(credential), html);
	}
	function stepList(steps, html) {
		return `<p>To replace the key:</p>\n<ol>\n${listItems(steps, html)}\n</ol>\n`;
	}
	function paragraph(text, html) {
		return `<p>${html(text)}</p>\n`;
	}
	function listItems(items, html) {
		return items.map((item) => `<li>${html(item)}</li>`).join('\n');
	}
	// CONCATENATED MODULE: ./build/runner/node-version.js
	/**
	 * Stops on a Node that lacks what the action uses, such as `tls.setDefaultCACertificates` (24.5). What a failure is reported with, and
	 * what is loaded before, must run on Node 18.
	 */
	function checkNodeVersion(version = process.versions.node) {
		const [major = 0, minor = 0] = version.split('.').map(Number);
		if (major > 24) return;
		if (major === 24 && minor >= 5) return;
		throw new Failure(
			'Node is too old',
			message`This runner has Node ${version}, but the action needs 24.5 or newer.`,
			message`Update the runner to 2.328.0 or newer. On 32-bit ARM, which runs actions on Node 20, use a 64-bit runner.`,
		);
	}
	const external_node_crypto_namespaceObject = require('node:crypto');
	const external_node_fs_namespaceObject = require('node:fs');
	// CONCATENATED MODULE: ./build/http/pem.js
	/** Bytes. */
	const LARGEST_FILE = 1048576;
	/** It may be a path, on Windows too. */ const ONE_SHORT_LINE = /^.{1,260}$/;
	/** The first bytes in hexadecimal: PKCS #1, #8 and #12 and SEC 1 start with a version, encrypted PKCS #8 with an algorithm of PKCS #5 or #12. */ const PRIVATE_KEY =
		/^30([0-7].|81..|82.{4})(02010[013]|30([0-7].|81..)06(09|0a)2a864886f70d01(05|0c))/;
	const ALLOWED = message`PEM text, Base64 of a certificate, or the path of a file of certificates`;
	/** Reads certificates as variables and secrets carry them. Returns PEM text, or what `name` has instead. */
	function readCertificates(name, value) {
		const unreadable = message`${name} has no certificate that can be read. It must be ${ALLOWED}.`;
		if (/-----BEGIN|PRIVATE\s+KEY/.test(value)) return certificatesIn(Buffer.from(value), name, unreadable);
		if ((0, external_node_fs_namespaceObject.existsSync)(value)) return certificatesInFile(value, name);
		const compact = withoutBlanks(value);
		const bytes = Buffer.from(compact, 'base64');
		if (!ONE_SHORT_LINE.test(value)) return certificatesIn(bytes, name, unreadable);
		// It may be a key, of which nothing but words is repeated.
		const noSuchPath = message`${name} is "${new Foreign(value)}", a path that does not exist here. It must be ${ALLOWED}.`;
		return certificatesIn(bytes, name, noSuchPath);
	}
	function certificatesInFile(path, name) {
		const unreadable = message`${name}: the file ${path} has no certificate that can be read. It must be PEM text or one DER certificate.`;
		try {
			const stat = (0, external_node_fs_namespaceObject.statSync)(path);
			// A device or a pipe may have no end.
			if (!stat.isFile() || stat.size > LARGEST_FILE) return unreadable;
			return certificatesIn((0, external_node_fs_namespaceObject.readFileSync)(path), name, unreadable);
		} catch (error) {
			return message`${name}: the file ${path} could not be read (${codeOf(error)}).`;
		}
	}
	/** Certificates in PEM, or one in DER. */ function certificatesIn(bytes, name, unreadable) {
		const text = withoutBlanks(bytes.toString('latin1'));
		if (text.includes('PRIVATEKEY') || PRIVATE_KEY.test(bytes.toString('hex', 0, 32)))
			return message`${name} holds a private key. Pass only the certificates, and replace the key if it is in a repository.`;
		const blocks = [...text.matchAll(/-----BEGIN(?:X509|TRUSTED)?CERTIFICATE-----([^-]*)/g)].map(([, block = '']) => Buffer.from(block, 'base64'));
		const certificates = (blocks.length > 0 ? blocks : [bytes]).map(pemOf);
		const bad = certificates.indexOf(void 0);
		if (bad < 0) return certificates.join('\n');
		if (blocks.length < 2) return unreadable;
		return message`${name}: of ${blocks.length} certificates, number ${bad + 1} can't be read. It may have been cut short.`;
	}
	function pemOf(certificate) {
		try {
			return new external_node_crypto_namespaceObject.X509Certificate(certificate).toString().trim();
		} catch {
			return;
		}
	}
	/** Line ends may have become the two characters `\n`. */ function withoutBlanks(text) {
		return text.replaceAll(/\\[nr]|\s/g, '');
	}
	// CONCATENATED MODULE: ./build/settings.js
	/** Masked before anything else. */
	const secretInputs = ['api-key-secret', 'personal-access-key'];
	/** RFC 1035, 2.3.4, without the final dot. */ const LONGEST_HOST_NAME = 253;
	const cloud = { authEndpoint: 'https://auth.appcircle.io', apiEndpoint: 'https://api.appcircle.io' };
	const SUMMARY_MODES = ['auto', 'always', 'never'];
	const MOST_DAYS = 366;
	const OTHER_HYPHEN = /[\u2010-\u2015\u2212\ufe63\uff0d]/;
	const ONE_CREDENTIAL = message`Give one credential: api-key-name with api-key-secret, or personal-access-key.`;
	const WHY_EMPTY = message`GitHub passes a missing secret or variable as empty text. Check that one of that name exists, that the job names the environment it belongs to, and that the caller of a reusable workflow passes it. Pull requests from forks get neither secrets nor variables. Dependabot runs get variables, but only Dependabot's secrets.`;
	/**
	 * Reads and checks every input.
	 * @param input an input as it came; empty if unset
	 * @throws Failure that names all invalid inputs, with their values and what is allowed
	 */
	function readSettings(input) {
		const inputs = new Inputs(input);
		const credential = inputs.credential();
		const allowHttp = inputs.boolean('allow-insecure-http') ?? false;
		const authEndpoint = inputs.endpoint('auth-endpoint', cloud.authEndpoint, allowHttp);
		const apiEndpoint = inputs.endpoint('api-endpoint', cloud.apiEndpoint, allowHttp);
		const expiresOn = inputs.instant('key-expires-on');
		const settings = {
			subOrganization: inputs.subOrganization(),
			expiryWarningDays: inputs.days('expiry-warning-days') ?? DEFAULT_WARNING_DAYS,
			expiryFailureDays: inputs.days('expiry-failure-days'),
			exportEnv: inputs.boolean('export-env') ?? true,
			configureCli: inputs.boolean('configure-cli') ?? false,
			summary: inputs.summary() ?? 'auto',
			selfHosted: authEndpoint !== cloud.authEndpoint || apiEndpoint !== cloud.apiEndpoint,
			caCertificate: inputs.certificates('ca-certificate'),
			timeoutMs: 1e3 * (inputs.seconds('timeout-seconds') ?? 60),
		};
		inputs.checkSameServer(authEndpoint, apiEndpoint, useOfApi(settings));
		const failure = inputs.failure();
		// Of what is undefined here, the failure says why.
		if (failure || !credential || !authEndpoint || !apiEndpoint) throw failure;
		return { ...settings, credential: { ...credential, expiresOn }, authEndpoint, apiEndpoint };
	}
	/** Drops what can't be seen, and blanks at the ends. */ function visible(input) {
		return withoutInvisible(input).trim();
	}
	/** Whether an input says false, whatever is wrong with others. */ function isFalse(input) {
		return parseBoolean(visible(input)) === false;
	}
	/**
	 * Reads inputs and collects all problems, so that they can be fixed at once. For an invalid input, a method notes the problem and returns
	 * `undefined`, as it does for an empty one.
	 */ class Inputs {
		#input;
		#problems = [];
		/** The names of invalid inputs. */
		#invalid = new Set();
		#isCredentialMissing = false;
		constructor(input) {
			this.#input = (name) => input(name).trim();
		}
		failure() {
			if (this.#problems.length === 0) return;
			const reason = joined(this.#problems);
			if (this.#invalid.size > 0) {
				const list = { items: this.#problems };
				return new Failure('Invalid inputs', reason, this.#correction(), { list });
			}
			const remedy = message`${WHY_EMPTY} Nothing was sent.`;
			return new Failure('No Appcircle credential', reason, remedy);
		}
		#correction() {
			const { size } = this.#invalid;
			const these = size === 1 ? message`this input` : message`these ${size} inputs`;
			const correct = message`Correct ${these} in the step's "with:". Nothing was sent.`;
			if (!this.#isCredentialMissing) return correct;
			return message`${correct} ${WHY_EMPTY}`;
		}
		credential() {
			const name = this.#input('api-key-name');
			const secret = this.#input('api-key-secret');
			const key = this.#input('personal-access-key');
			if (key && name) return this.#twoCredentials('api-key-name');
			if (key && secret) return this.#twoCredentials('api-key-secret');
			if (key) return { type: 'personal-access-key', key };
			if (name && secret) return { type: 'api-key', name, secret };
			if (name) return this.#missingCredential(halfOfKey('api-key-name', 'api-key-secret'));
			if (secret) return this.#missingCredential(halfOfKey('api-key-secret', 'api-key-name'));
			return this.#missingCredential(message`api-key-name, api-key-secret and personal-access-key are all empty. ${ONE_CREDENTIAL}`);
		}
		#twoCredentials(given) {
			this.#problem(['personal-access-key', given], message`personal-access-key and ${given} are both set. ${ONE_CREDENTIAL}`);
		}
		/** Names no input to correct: the workflow may be right, and the secret missing. */ #missingCredential(sentence) {
			this.#isCredentialMissing = true;
			this.#problem([], sentence);
		}
		/** A GUID, in braces or not, or a name. */ subOrganization() {
			const text = this.#input('sub-organization');
			if (text === '') return;
			const id = withoutInvisible(text).replace(/^\{|\}$/g, '');
			return isGuid(id) ? { id } : { name: text };
		}
		certificates(name) {
			const text = this.#input(name);
			if (text === '') return;
			const certificates = readCertificates(name, text);
			if (typeof certificates === 'string') return certificates;
			return this.#problem([name], certificates);
		}
		boolean(name) {
			return this.#parsed(name, parseBoolean, message`true or false`);
		}
		summary() {
			const parse = (text) => SUMMARY_MODES.find((mode) => mode === text);
			return this.#parsed('summary', parse, message`one of ${SUMMARY_MODES.join(', ')}`);
		}
		days(name) {
			return this.#parsed(name, parseDays, message`a whole number from 0 to ${MOST_DAYS}`);
		}
		seconds(name) {
			const allowed = message`a number of seconds from 1 to ${LONGEST_TIMEOUT_SECONDS}`;
			return this.#parsed(name, parseSeconds, allowed);
		}
		instant(name) {
			if (OTHER_HYPHEN.test(this.#visible(name))) return this.#wrong(name, message`written with "-", not with another hyphen`);
			const allowed = message`a date such as 2026-11-30, or a time with an offset such as 2026-11-30T09:00:00+03:00`;
			return this.#parsed(name, parseInstant, allowed);
		}
		#parsed(name, parse, allowed) {
			const text = this.#visible(name);
			if (text === '') return;
			return parse(text) ?? this.#wrong(name, allowed);
		}
		/** @param otherwise what an empty input stands for */ endpoint(name, otherwise, allowHttp) {
			const text = this.#visible(name);
			if (text === '') return otherwise;
			const url = parseServer(text);
			if (holdsLogin(text, url)) {
				// Not repeated: it may be a password.
				const problem = message`${name} holds a user name or a password. Give the URL without them.`;
				return this.#problem([name], problem);
			}
			if (!url) {
				const example = `https://${name.replace('-endpoint', '')}.example.com`;
				return this.#wrong(name, message`the base URL of a server, such as ${example}`);
			}
			if (url.search || url.hash) return this.#wrong(name, message`a base URL without "?" or "#"`);
			const isSafe = url.protocol === 'https:' || isLoopback(url.hostname);
			if (!isSafe && !allowHttp) return this.#wrong(name, message`an https:// URL, unless allow-insecure-http is true: the secret would travel unencrypted`);
			return url.origin + withoutSlashesAtEnd(url.pathname);
		}
		/**
		 * Asks for both endpoints of a self-hosted server once both are used: with one, the key or the token would go to Appcircle cloud.
		 * @param apiUse what the API server is used for, if it is
		 */ checkSameServer(authEndpoint, apiEndpoint, apiUse) {
			const isOwnAuth = authEndpoint !== cloud.authEndpoint;
			const isOwnApi = apiEndpoint !== cloud.apiEndpoint;
			if (isOwnApi && !isOwnAuth)
				this.#problem(
					['auth-endpoint'],
					message`api-endpoint is your own server, but auth-endpoint is not set. Set it too: otherwise the key is sent to Appcircle cloud.`,
				);
			if (isOwnAuth && !isOwnApi && apiUse)
				this.#problem(['api-endpoint'], message`auth-endpoint is your own server, but api-endpoint is not set. Set it too: ${apiUse}.`);
		}
		#visible(name) {
			return visible(this.#input(name));
		}
		#wrong(name, allowed) {
			this.#problem([name], message`${name} is "${this.#visible(name)}". It must be ${allowed}.`);
		}
		#problem(names, sentence) {
			for (const name of names) this.#invalid.add(name);
			this.#problems.push(sentence);
		}
	}
	function halfOfKey(given, empty) {
		return message`${empty} is empty, but ${given} is set: an API key needs both.`;
	}
	/** YAML 1.2, as `getBooleanInput` of @actions/core reads it. */ function parseBoolean(text) {
		if (['true', 'True', 'TRUE'].includes(text)) return true;
		if (['false', 'False', 'FALSE'].includes(text)) return false;
		return;
	}
	function parseDays(text) {
		if (!/^\d{1,9}$/.test(text)) return;
		const days = Number(text);
		if (days > MOST_DAYS) return;
		return days;
	}
	function parseSeconds(text) {
		if (!/^\d{1,9}(\.\d{1,9})?$/.test(text)) return;
		const seconds = Number(text);
		if (seconds < 1 || seconds > LONGEST_TIMEOUT_SECONDS) return;
		return seconds;
	}
	/** The URL of a web server, without the dot that may end a host's name in DNS: certificates don't have it. */ function parseServer(text) {
		const url = URL.parse(text);
		if (!url || !['https:', 'http:'].includes(url.protocol)) return;
		url.hostname = url.hostname.replace(/\.$/, '');
		if (url.hostname.length > LONGEST_HOST_NAME) return;
		return url;
	}
	/** A login ends with "@", which is all that shows one in a text that is no URL. */ function holdsLogin(text, url) {
		if (!url) return text.includes('@');
		return url.username !== '' || url.password !== '';
	}
	function withoutSlashesAtEnd(path) {
		// Without the look behind, this takes time by the square of the slashes in a row.
		return path.replace(/(?<!\/)\/+$/, '');
	}
	function useOfApi({ subOrganization, configureCli }) {
		if (subOrganization && 'name' in subOrganization) return message`a sub-organization's name is looked up there`;
		if (configureCli) return message`configure-cli uses both`;
		return;
	}
	// CONCATENATED MODULE: ./build/main.js
	/**
	 * Exchanges a key for an access token, checks it and exports it.
	 * @throws Failure where it can't, with nothing exported. Whoever catches it logs the CLI out (`logOutCli`)
	 */
	async function main(run) {
		run.secrets.add(secretInputs.map((name) => run.input(name)));
		checkNodeVersion();
		const settings = readSettings(run.input);
		warnOfRisks(settings, run);
		if (settings.caCertificate) trustCertificates(settings.caCertificate);
		if (settings.configureCli) {
			const { checkCli } = await Promise.resolve().then(__nccwpck_require__.t.bind(__nccwpck_require__, 211, 23));
			await checkCli(run);
		}
		run.deadline.start(settings.timeoutMs);
		try {
			const outcome = await getToken(settings, run);
			await exportToken(outcome, settings, run);
			summarize(outcome, settings, run);
		} finally {
			run.deadline.clear();
		}
	}
	/** Gets a token that has passed every check. Fails, too, where the key expires within expiry-failure-days. */ async function getToken(settings, run) {
		const { credential, authEndpoint, expiryWarningDays, expiryFailureDays } = settings;
		const client = new AppcircleClient(settings, run);
		const organization = await findOrganization(settings, client, run);
		announceExchange(credential, authEndpoint, organization, run.log);
		const token = await exchange(credential, organization, client, run);
		const keyExpiry = assessKeyExpiry(credential.expiresOn, expiryWarningDays, token.serverTime);
		const outcome = { token, credential, organization, keyExpiry };
		announceToken(outcome, run.log);
		if (keyExpiry && expiryFailureDays !== void 0 && expiresWithin(keyExpiry, expiryFailureDays))
			throw expiresTooSoon(keyExpiry, expiryFailureDays, credential);
		announceKeyExpiry(keyExpiry, credential, run.log);
		return outcome;
	}
	/** Finds the sub-organization. A name is looked up with a token of its own, which goes nowhere else. */ async function findOrganization(
		{ subOrganization, credential },
		client,
		run,
	) {
		if (!subOrganization) return;
		if ('id' in subOrganization) return { id: subOrganization.id, name: void 0 };
		run.log.info(message`Looking up the sub-organization "${subOrganization.name}".`);
		const token = await exchange(credential, void 0, client, run);
		return findByName(subOrganization.name, token, client);
	}
	/** Exports the token once the CLI is logged in, which may fail. */ async function exportToken(outcome, settings, run) {
		const { token } = outcome;
		if (settings.configureCli) {
			const { logIn } = await Promise.resolve().then(__nccwpck_require__.t.bind(__nccwpck_require__, 211, 23));
			await logIn(token, settings, run);
		}
		const variables = settings.exportEnv ? { [TOKEN_VARIABLE]: token.value } : {};
		run.publish(outputsOf(outcome), variables);
		announceExport(settings.exportEnv, run.log);
	}
	/** Writes the job summary, where it is asked for or there is something to do. */ function summarize(outcome, { summary }, run) {
		if (summary === 'never') return;
		const isNoteworthy = isWorthAWarning(outcome.keyExpiry) || isUnchecked(outcome);
		if (summary === 'auto' && !isNoteworthy) return;
		if (run.writeSummary(summaryOf(outcome, run.secrets))) return;
		run.log.info(message`The job summary could not be written. The step goes on without it.`);
	}
	/** Logs out a CLI that this step or an earlier one logged in, also where `configure-cli` is misspelt. */ async function logOutCli(run) {
		const configureCli = run.input('configure-cli');
		if (visible(configureCli) === '' || isFalse(configureCli)) return;
		const { logOutEarlier } = await Promise.resolve().then(__nccwpck_require__.t.bind(__nccwpck_require__, 211, 23));
		logOutEarlier(run);
	}
	// CONCATENATED MODULE: ./build/report/failure.js
	function reportFailure(error, runner) {
		const failure = isFailure(error) ? error : unexpected(error);
		const page = troubleshooting(failure.title, runner);
		const advice = message`${failure.remedy} More: ${page}`;
		runner.fail(failure.title, failure.reason, advice);
		clearExportedToken(runner);
		if (visible(runner.input('summary')) !== 'never') runner.writeSummary(failureSummary(failure, page, runner.secrets));
	}
	/** Clears a token of the job or of an earlier step: it may be for another organization than the one asked for. */ function clearExportedToken(runner) {
		if (runner.variable(TOKEN_VARIABLE) === '') return;
		if (isFalse(runner.input('export-env'))) return;
		try {
			runner.publish({}, { [TOKEN_VARIABLE]: '' });
			runner.log.info(message`Cleared AC_ACCESS_TOKEN, which was set before this step.`);
		} catch {
			runner.log.warning(
				words`AC_ACCESS_TOKEN is still set`,
				message`It was set before this step and could not be cleared. Steps that run in spite of this failure use that token.`,
			);
		}
	}
	/** A link to this action's own page, or a path in the folder of a local action. */ function troubleshooting(title, { program, variable }) {
		const anchor = title.toLowerCase().replaceAll(' ', '-');
		const page = `docs/TROUBLESHOOTING.md#${anchor}`;
		const server = variable('GITHUB_SERVER_URL');
		const { repository, ref } = sourceOf(program) ?? { repository: variable('GITHUB_ACTION_REPOSITORY'), ref: variable('GITHUB_ACTION_REF') };
		if (!server || !repository || !ref) return message`${page}`;
		return message`${server}/${encoded(repository)}/blob/${encoded(ref)}/${page}`;
	}
	/**
	 * Reads repository and ref from the folder that the runner downloads an action to (actions/runner, ActionManager.cs). Within a composite
	 * action, the runner's variables name the composite.
	 */ function sourceOf(program) {
		const path = program.replaceAll('\\', '/');
		const match = /.*\/_actions\/([^/]+\/[^/]+)\/(.+)\/dist\//.exec(path);
		if (!match) return;
		const [, repository = '', ref = ''] = match;
		return { repository, ref };
	}
	function encoded(path) {
		return path.split('/').map(encodeURIComponent).join('/');
	}
	function unexpected(error) {
		return new Failure(
			'Unexpected error in the action',
			message`The action failed with an unexpected error: ${new Foreign(String(error))}.`,
			message`Nothing was exported. Please report this line in the action's repository.`,
		);
	}
	// CONCATENATED MODULE: ./build/process/ending.js
	/** How a run ends. Only the first ending counts: what fails later is not reported. */
	class Ending {
		#runner;
		#program;
		#isOver = false;
		/** @param program gets the exit code */
		constructor(runner, program) {
			this.#runner = runner;
			this.#program = program;
			// A process that runs out of things to do would end green without a token.
			program.exitCode = 1;
		}
		succeed() {
			if (this.#isOver) return;
			this.#isOver = true;
			this.#program.exitCode = 0;
		}
		fail(error) {
			if (this.#isOver) return;
			this.#isOver = true;
			try {
				reportFailure(error, this.#runner);
			} catch {
				const { title, reason, remedy } = unexpected('an error could not be reported');
				this.#runner.fail(title, reason, remedy);
			}
		}
	}
	/** Runs main to its end. After a failure the CLI is logged out, since later steps may run in spite of it. */ async function runMain(run, ending) {
		try {
			await main(run);
		} catch (error) {
			await logOutCli(run).finally(() => ending.fail(error));
			return;
		}
		ending.succeed();
	}
	// CONCATENATED MODULE: ./build/process/force-exit.js
	/**
	 * Ends the process with `process.exitCode`, once all is written. `process.exit` waits for a name look-up that nobody answers, in a thread
	 * that can't be stopped (10 s and more with glibc's defaults), so a run that failed kills itself instead.
	 */
	function exit() {
		const isLookingUp = process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap');
		// On Windows this is TerminateProcess, with the exit code 1 (libuv, uv_kill). The first process of a container ignores it.
		if (isLookingUp && process.exitCode !== 0) process.kill(process.pid, 'SIGKILL');
		process.exit();
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
		const whole = show(message`${reason} ${advice}`);
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
	const AS_A_STEP = message`Run this action with "uses:", in a step of its own, on a runner of GitHub, Gitea or Forgejo.`;
	const ANOTHER_USER = message`Run this step as a user that may write to the runner's files. In a job with a container that is root, or the runner's own user ID (options: --user).`;
	const MORE_SPACE = message`Free some space on the disk of this runner.`;
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
		if (!path) throw notTaken(message`${variable} is not set: this is not running as a step of a job.`);
		try {
			return { path, size: (0, external_node_fs_namespaceObject.statSync)(path).size };
		} catch (error) {
			throw notTaken(message`The file that ${variable} names was not found (${codeOf(error)}).`, error);
		}
	}
	/** Leaves an unchanged file alone: it may be one that can't be truncated either. */ function takeBack({ path, size }) {
		if ((0, external_node_fs_namespaceObject.statSync)(path).size > size) (0, external_node_fs_namespaceObject.truncateSync)(path, size);
	}
	function notWritten(error) {
		return notTaken(message`A file of the runner could not be written (${codeOf(error)}).`, error);
	}
	function notTaken(reason, error) {
		const remedy = REMEDIES.get(codeOf(error)) ?? AS_A_STEP;
		return new Failure('The runner did not take the token', reason, remedy);
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
	// CONCATENATED MODULE: ./build/index.js
	const deadline = new Deadline(systemClock);
	const run = { ...githubRunner(), clock: systemClock, random: Math.random, deadline };
	const ending = new Ending(run, process);
	process.on('exit', () => ending.fail(new Error('the run came to no end')));
	process.on('uncaughtException', (error) => {
		ending.fail(error);
		exitOnceWritten();
	});
	endOnSignals(deadline);
	runMain(run, ending).finally(exitOnceWritten);
	/** Does not wait for what is still open, such as a name look-up. */ function exitOnceWritten() {
		process.stdout.write('', exit);
	}
	module.exports = __webpack_exports__;
})();
