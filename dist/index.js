'use strict';
{
	var __webpack_modules__ = {
		/***/ 537: /***/ (__unused_webpack_module, exports) => {
			function agent() {
				return {
					addRequest() {
						throw new Error("tunnel is not part of this action: a request must go through Node's own agent");
					},
				};
			}
			exports.xj = agent;
			exports.I9 = agent;
			exports.aQ = agent;
			exports.vX = agent;
			/***/
		},
		/***/ 227: /***/ (__unused_webpack_module, exports) => {
			exports.k = class {
				constructor() {
					throw new Error(
						'undici is not part of this action: getAgentDispatcher() of @actions/http-client must not be called',
					);
				}
			};
			/***/
		},
		/***/ 638: /***/ (module) => {
			'use strict';
			module.exports = require('./exec.js');
			/***/
		},
	};
	var __webpack_module_cache__ = {};
	function __nccwpck_require__(moduleId) {
		var cachedModule = __webpack_module_cache__[moduleId];
		if (cachedModule !== void 0) return cachedModule.exports;
		var module = (__webpack_module_cache__[moduleId] = {
			exports: {},
		});
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
			__nccwpck_require__.d(getter, {
				a: getter,
			});
			return getter;
		};
	})();
	(() => {
		__nccwpck_require__.d = (exports, definition) => {
			for (var key in definition)
				if (__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key))
					Object.defineProperty(exports, key, {
						enumerable: true,
						get: definition[key],
					});
		};
	})();
	(() => {
		__nccwpck_require__.o = (obj, prop) => Object.prototype.hasOwnProperty.call(obj, prop);
	})();
	(() => {
		__nccwpck_require__.r = (exports) => {
			if (typeof Symbol !== 'undefined' && Symbol.toStringTag)
				Object.defineProperty(exports, Symbol.toStringTag, {
					value: 'Module',
				});
			Object.defineProperty(exports, '__esModule', {
				value: true,
			});
		};
	})();
	var __webpack_exports__ = {};
	{
		// CONCATENATED MODULE: ./build/leave.js
		/**
		 * Ends the process now, with `process.exitCode`. `process.exit` alone would wait for a name look-up that nobody answers: it runs in a
		 * thread that can't be stopped, for as long as the resolver is patient (10 s and more with glibc's defaults), past every deadline.
		 */
		function leave() {
			if (process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap')) dropEverything(Number(process.exitCode));
			process.exit();
		}
		function dropEverything(code) {
			// Windows has no execve; there TerminateProcess, which this calls, makes the exit code 1 (libuv, uv_kill).
			if (process.platform === 'win32') process.kill(process.pid, 'SIGKILL');
			// Another program takes the place of this one, its threads included (Node 24, process.execve).
			else process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`], {});
		}
		/**
		 * Why a run stops: a title, a cause (the message) and a remedy. It is made where the cause is known and shown in one place.
		 * Text of others' in the cause or the remedy has been through `Masks.quote` by then.
		 */
		class Failure extends Error {
			name = 'Failure';
			title;
			remedy;
			/** Set where another try may succeed. */
			transient;
			constructor(title, cause, remedy, transient) {
				super(cause);
				this.title = title;
				this.remedy = remedy;
				this.transient = transient;
			}
			/** The same failure, with more of the story told after its cause. */ withMore(story, remedy = this.remedy) {
				return new Failure(this.title, `${this.message} ${story}`, remedy);
			}
		}
		// CONCATENATED MODULE: external "node:http"
		const external_node_http_namespaceObject = require('node:http');
		// CONCATENATED MODULE: external "node:https"
		const external_node_https_namespaceObject = require('node:https');
		// CONCATENATED MODULE: external "http"
		const external_http_namespaceObject = require('http');
		var external_http_namespaceObject_0 = external_http_namespaceObject;
		// CONCATENATED MODULE: external "https"
		const external_https_namespaceObject = require('https');
		var external_https_namespaceObject_0 = external_https_namespaceObject;
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
					if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
						return new DecodedURL(`http://${proxyVar}`);
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
						(x) =>
							x === upperNoProxyItem ||
							x.endsWith(`.${upperNoProxyItem}`) ||
							(upperNoProxyItem.startsWith('.') && x.endsWith(`${upperNoProxyItem}`)),
					)
				)
					return true;
			return false;
		}
		function isLoopbackAddress(host) {
			const hostLower = host.toLowerCase();
			return (
				hostLower === 'localhost' ||
				hostLower.startsWith('127.') ||
				hostLower.startsWith('[::1]') ||
				hostLower.startsWith('[0:0:0:0:0:0:0:1]')
			);
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
		var tunnel = __nccwpck_require__(537);
		var undici = __nccwpck_require__(227);
		// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
		var __awaiter =
			(void 0 && (void 0).__awaiter) ||
			function (thisArg, _arguments, P, generator) {
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
		const HttpRedirectCodes = [
			HttpCodes.MovedPermanently,
			HttpCodes.ResourceMoved,
			HttpCodes.SeeOther,
			HttpCodes.TemporaryRedirect,
			HttpCodes.PermanentRedirect,
		];
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
					if (requestOptions.allowRedirectDowngrade != null)
						this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
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
					additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(
						additionalHeaders,
						Headers.Accept,
						MediaTypes.ApplicationJson,
					);
					const res = yield this.get(requestUrl, additionalHeaders);
					return this._processResponse(res, this.requestOptions);
				});
			}
			postJson(requestUrl_1, obj_1) {
				return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
					const data = JSON.stringify(obj, null, 2);
					additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(
						additionalHeaders,
						Headers.Accept,
						MediaTypes.ApplicationJson,
					);
					additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(
						additionalHeaders,
						MediaTypes.ApplicationJson,
					);
					const res = yield this.post(requestUrl, data, additionalHeaders);
					return this._processResponse(res, this.requestOptions);
				});
			}
			putJson(requestUrl_1, obj_1) {
				return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
					const data = JSON.stringify(obj, null, 2);
					additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(
						additionalHeaders,
						Headers.Accept,
						MediaTypes.ApplicationJson,
					);
					additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(
						additionalHeaders,
						MediaTypes.ApplicationJson,
					);
					const res = yield this.put(requestUrl, data, additionalHeaders);
					return this._processResponse(res, this.requestOptions);
				});
			}
			patchJson(requestUrl_1, obj_1) {
				return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
					const data = JSON.stringify(obj, null, 2);
					additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(
						additionalHeaders,
						Headers.Accept,
						MediaTypes.ApplicationJson,
					);
					additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(
						additionalHeaders,
						MediaTypes.ApplicationJson,
					);
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
						while (
							response.message.statusCode &&
							HttpRedirectCodes.includes(response.message.statusCode) &&
							this._allowRedirects &&
							redirectsRemaining > 0
						) {
							const redirectUrl = response.message.headers['location'];
							if (!redirectUrl) break;
							const parsedRedirectUrl = new URL(redirectUrl);
							if (
								parsedUrl.protocol === 'https:' &&
								parsedUrl.protocol !== parsedRedirectUrl.protocol &&
								!this._allowRedirectDowngrade
							)
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
						if (!response.message.statusCode || !HttpResponseRetryCodes.includes(response.message.statusCode))
							return response;
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
				req.setTimeout(this._socketTimeout || 3 * 6e4, () => {
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
				if (additionalValue !== void 0)
					return typeof additionalValue === 'number' ? additionalValue.toString() : additionalValue;
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
				if (this.requestOptions)
					maxSockets = this.requestOptions.maxSockets || external_http_namespaceObject.globalAgent.maxSockets;
				if (proxyUrl && proxyUrl.hostname) {
					const agentOptions = {
						maxSockets,
						keepAlive: this._keepAlive,
						proxy: Object.assign(
							Object.assign(
								{},
								(proxyUrl.username || proxyUrl.password) && {
									proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`,
								},
							),
							{
								host: proxyUrl.hostname,
								port: proxyUrl.port,
							},
						),
					};
					let tunnelAgent;
					const overHttps = proxyUrl.protocol === 'https:';
					if (usingSsl) tunnelAgent = overHttps ? tunnel.vX : tunnel.I9;
					else tunnelAgent = overHttps ? tunnel.aQ : tunnel.xj;
					agent = tunnelAgent(agentOptions);
					this._proxyAgent = agent;
				}
				if (!agent) {
					const options = {
						keepAlive: this._keepAlive,
						maxSockets,
					};
					agent = usingSsl
						? new external_https_namespaceObject.Agent(options)
						: new external_http_namespaceObject.Agent(options);
					this._agent = agent;
				}
				if (usingSsl && this._ignoreSslError)
					agent.options = Object.assign(agent.options || {}, {
						rejectUnauthorized: false,
					});
				return agent;
			}
			_getProxyAgentDispatcher(parsedUrl, proxyUrl) {
				let proxyAgent;
				if (this._keepAlive) proxyAgent = this._proxyAgentDispatcher;
				if (proxyAgent) return proxyAgent;
				const usingSsl = parsedUrl.protocol === 'https:';
				proxyAgent = new undici.k(
					Object.assign(
						{
							uri: proxyUrl.href,
							pipelining: !this._keepAlive ? 0 : 1,
						},
						(proxyUrl.username || proxyUrl.password) && {
							token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`,
						},
					),
				);
				this._proxyAgentDispatcher = proxyAgent;
				if (usingSsl && this._ignoreSslError)
					proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
						rejectUnauthorized: false,
					});
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
							const response = {
								statusCode,
								result: null,
								headers: {},
							};
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
		// CONCATENATED MODULE: ./build/thrown.js
		/** The `code` of an error of Node's, as `ECONNRESET`; empty where there is none. */
		function codeOf(thrown) {
			const { code } = Object(thrown);
			return typeof code === 'string' ? code : '';
		}
		/** What an error says, in its own words; its code where it has none. */ function messageOf(thrown) {
			const { message } = Object(thrown);
			return typeof message === 'string' ? message || codeOf(thrown) : String(thrown);
		}
		// CONCATENATED MODULE: ./build/time.js
		const DAY_MS = 24 * 60 * 60 * 1e3;
		/**
		 * `YYYY-MM-DD` (midnight UTC at its start) or an ISO 8601 date-time, as milliseconds since 1970 UTC; `undefined` where it is neither or
		 * names a day or a time that does not exist.
		 * @param offset whether a date-time must state its offset from UTC; a server's without one is taken as UTC
		 */ function parseInstant(text, offset) {
			const parts =
				/^(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/.exec(text);
			if (!parts) return;
			const [, date = '', time, seconds = '00', fraction = '', zone] = parts;
			if (time !== void 0 && zone === void 0 && offset === 'required') return;
			const written = `${date}T${time ?? '00:00'}:${seconds}`;
			const utc = Date.parse(`${written}Z`);
			// Date.parse takes 24:00 and, in some versions, 31 February; what it made of the text must say the same as the text.
			if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 19) !== written) return;
			const shift = zone === void 0 ? 0 : zoneShift(zone);
			return shift === void 0 ? void 0 : utc + Math.floor(Number(`0.${fraction || '0'}`) * 1e3) - shift;
		}
		function zoneShift(zone) {
			if (zone === 'Z' || zone === 'z') return 0;
			const hours = Number(zone.slice(1, 3));
			const minutes = Number(zone.slice(3).replace(':', ''));
			if (hours > 23 || minutes > 59) return;
			return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 6e4;
		}
		/** ISO 8601 in UTC, to the second, rounded down: `2026-11-30T00:00:00Z`. */ function isoInstant(ms) {
			return `${new Date(ms).toISOString().slice(0, -5)}Z`;
		}
		/** A day as a person reads it: `2026-11-30 (in 9 days)`. */ function dayInWords(ms, now) {
			return `${isoInstant(ms).replace(/T.*/, '')} (${distanceInWords(ms - now)})`;
		}
		/** `in 9 days`, `in less than a day`, `3 days ago`, for a time that lies so many milliseconds ahead. */ function distanceInWords(
			ms,
		) {
			const days = Math.floor(Math.abs(ms) / DAY_MS);
			if (ms >= 0) return days === 0 ? 'in less than a day' : `in ${count(days, 'day')}`;
			return days === 0 ? 'less than a day ago' : `${count(days, 'day')} ago`;
		}
		/** `4 h`, `1 h 30 min`, `45 s`, `1.5 s`, `80 ms`, for so many milliseconds. */ function durationInWords(ms) {
			if (ms < 1e3) return `${Math.round(ms)} ms`;
			if (ms < 1e4) return `${Number((ms / 1e3).toFixed(1))} s`;
			const seconds = Math.round(ms / 1e3);
			if (seconds < 120) return `${seconds} s`;
			const minutes = Math.round(seconds / 60);
			if (minutes < 60) return `${minutes} min`;
			return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
		}
		/** `1 day`, `2 days`. */ function count(number, noun) {
			return `${number} ${noun}${number === 1 ? '' : 's'}`;
		}
		// CONCATENATED MODULE: external "node:tls"
		const external_node_tls_namespaceObject = require('node:tls');
		var external_node_tls_default = __nccwpck_require__.n(external_node_tls_namespaceObject);
		// CONCATENATED MODULE: ./build/http/certificates.js
		/**
		 * Trusts the authorities in `pem` from now on, besides those trusted already, for every connection that this process makes, through a
		 * proxy or not (`tls.setDefaultCACertificates`, Node 24.5).
		 * @throws Error where OpenSSL can't read a certificate
		 */
		function trustCertificates(pem) {
			trustAlso([pem]);
		}
		/** Trusts the operating system's authorities too. Slow where there are many, so done only once they are needed. */ function trustSystemStore() {
			trustAlso(external_node_tls_default().getCACertificates('system'));
		}
		function trustAlso(certificates) {
			external_node_tls_default().setDefaultCACertificates([
				...external_node_tls_default().getCACertificates('default'),
				...certificates,
			]);
		}
		// CONCATENATED MODULE: external "node:net"
		const external_node_net_namespaceObject = require('node:net');
		// CONCATENATED MODULE: ./build/http/tunnel.js
		/** That a proxy made no connection: by the status that it answered with or, without one, because of an error on the way to it. */
		class ProxyError extends Error {
			name = 'ProxyError';
			/** Of the answer to CONNECT. */
			status;
			/** Of the error on the way, as Node has it; empty where there is none. */
			code;
			constructor(reason) {
				super(typeof reason === 'number' ? `HTTP ${reason}` : reason.message);
				this.status = typeof reason === 'number' ? reason : void 0;
				this.code = typeof reason === 'number' ? '' : (reason.code ?? '');
			}
		}
		/** A URL's host name as sockets take it: an IPv6 address without the brackets that it has in a URL. */ function withoutBrackets(
			hostname,
		) {
			return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
		}
		/**
		 * Connects to servers through a proxy's CONNECT (RFC 9110, 9.3.6), and makes TLS with them there. Node's own agent would do it too
		 * (`proxyEnv`), but doubles its listeners with every piece of the proxy's answer (24.21, lib/https.js, establishTunnel): an answer in
		 * thirty pieces takes all the memory there is.
		 */ class TunnelAgent extends external_node_https_namespaceObject.Agent {
			#proxy;
			#connecting;
			/** @param proxy `http:` or `https:`, with user name and password if it wants them, percent-encoded */
			constructor(proxy) {
				super({
					keepAlive: true,
				});
				this.#proxy = new URL(proxy);
			}
			/** Ends what is open and what is being opened. */ destroy() {
				this.#connecting?.destroy();
				super.destroy();
			}
			createConnection(options, take) {
				const { host, port } = options;
				const connect = this.#connect(host?.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
				this.#connecting = connect;
				connect
					.once('connect', ({ statusCode = 0 }, socket, rest) => {
						if (Math.trunc(statusCode / 100) !== 2) {
							socket.destroy();
							take(new ProxyError(statusCode));
							return;
						}
						if (rest.length > 0) socket.unshift(rest);
						take(
							null,
							super.createConnection(
								Object.assign(options, {
									socket,
								}),
							) ?? void 0,
						);
					})
					.on('error', (error) => take(new ProxyError(error)))
					.end();
				return;
			}
			#connect(target) {
				const { origin, protocol, hostname, username, password } = this.#proxy;
				const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
				const options = {
					method: 'CONNECT',
					path: target,
					headers: {
						host: target,
						...(username && {
							'proxy-authorization': `Basic ${login}`,
						}),
					},
					agent: false,
					// Node would take the name to check the proxy's certificate for from the header "host". An address is no such name.
					servername: (0, external_node_net_namespaceObject.isIP)(withoutBrackets(hostname)) === 0 ? hostname : '',
				};
				return (
					protocol === 'https:'
						? external_node_https_namespaceObject.request
						: external_node_http_namespaceObject.request
				)(origin, options);
			}
		}
		// CONCATENATED MODULE: ./build/http/network-failure.js
		/** The codes of other certificate and TLS errors: OpenSSL's names for them, and Node's own. */
		const TLS_TROUBLE =
			/^(CERT_|ERR_SSL_|ERR_TLS_|EPROTO$|CRL_|INVALID_CA$|INVALID_PURPOSE$|HOSTNAME_MISMATCH$|PATH_LENGTH_EXCEEDED$)/;
		/** The codes of errors that come before a connection is there. */ const UNREACHABLE = [
			'ECONNREFUSED',
			'ENOTFOUND',
			'EAI_AGAIN',
			'ETIMEDOUT',
			'EHOSTUNREACH',
			'ENETUNREACH',
		];
		/** What OpenSSL and Node call a certificate chain that leads to no authority they trust. */ const UNKNOWN_AUTHORITY =
			[
				'UNABLE_TO_GET_ISSUER_CERT',
				'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
				'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
				'SELF_SIGNED_CERT_IN_CHAIN',
			];
		const SELF_SIGNED = 'DEPTH_ZERO_SELF_SIGNED_CERT';
		const TRUST_REMEDY =
			'Give the certificate of the authority that signed it, from whoever runs the server, as ca-certificate (PEM text or a path).';
		/** What each certificate error means and what to do, by the code of Node's documentation, "X509 certificate error codes". */ const CERTIFICATE_FAILURES =
			{
				CERT_HAS_EXPIRED: [
					'The certificate has expired',
					(host) => `The certificate of ${host} has expired.`,
					"Whoever runs the server must renew it; check this runner's clock too.",
				],
				CERT_NOT_YET_VALID: [
					'The certificate is not valid yet',
					(host) => `The certificate of ${host} is not valid yet.`,
					'Check the clock of this runner, then ask whoever runs the server.',
				],
				ERR_TLS_CERT_ALTNAME_INVALID: [
					'The certificate is for another host',
					(host) => `The certificate that ${host} shows is for another host name.`,
					"Check the endpoint's host name; if it is right, the server needs a certificate with that name in it.",
				],
				[SELF_SIGNED]: [
					'The certificate is self-signed',
					(host) => `The certificate of ${host} is signed by nobody but itself.`,
					TRUST_REMEDY,
				],
			};
		/** Whether trust in one more authority could mend this error. */ function isUntrusted(error) {
			const code = codeOf(error);
			return code === SELF_SIGNED || UNKNOWN_AUTHORITY.includes(code);
		}
		/** Whether an error is about what the other side is rather than about the way to it: another try would end the same. */ function isPermanent(
			code,
		) {
			return (
				/^HPE_/.test(code) || code in CERTIFICATE_FAILURES || UNKNOWN_AUTHORITY.includes(code) || TLS_TROUBLE.test(code)
			);
		}
		/**
		 * What a failed connection means. A connection that was refused, broken or cut short may work the next time; a certificate, a
		 * protocol error or a host name that does not exist will not.
		 * @param quote makes the error's own text fit to be shown
		 */ function networkFailure(error, route, quote) {
			const code = codeOf(error);
			const told = quote(messageOf(error));
			return (
				proxyFailure(error, code, told, route) ??
				certificateFailure(code, told, route.host) ??
				connectionFailure(code, told, route)
			);
		}
		function connectionFailure(code, told, { host, proxy }) {
			if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
				return new Failure(
					'The host name could not be resolved',
					`The host name of ${host} could not be resolved (${code}).`,
					"Check the endpoint's spelling, and that this runner resolves names of that domain.",
					// EAI_AGAIN says that the name server did not answer, ENOTFOUND that there is no such name.
					code === 'EAI_AGAIN'
						? {
								waitMs: void 0,
							}
						: void 0,
				);
			if (code.startsWith('HPE_'))
				return new Failure(
					'The answer is not HTTP',
					`${host} answered with something other than HTTP (${told}).`,
					"Check the endpoint's host name and port: another service may listen there.",
				);
			return new Failure(
				'The connection failed',
				`The connection to ${host} failed (${told}).`,
				proxy
					? 'Check that the server is up and that the proxy reaches it, or name the host in NO_PROXY.'
					: 'Check that the server is up and that this runner can reach it; behind a proxy, set HTTPS_PROXY.',
				{
					waitMs: void 0,
				},
			);
		}
		function certificateFailure(code, told, host) {
			const known = CERTIFICATE_FAILURES[code];
			if (known) return new Failure(known[0], known[1](host), known[2]);
			if (UNKNOWN_AUTHORITY.includes(code))
				return new Failure(
					'The certificate authority is not trusted',
					`The certificate of ${host} is signed by an authority that neither Node nor this runner's operating system trusts (${code}).`,
					TRUST_REMEDY,
				);
			if (!TLS_TROUBLE.test(code)) return;
			return new Failure(
				'The TLS connection failed',
				`No secure connection to ${host} could be made (${told}).`,
				"Check the endpoint's scheme and port, and the server's TLS configuration and certificate.",
			);
		}
		function proxyFailure(error, code, told, { host, proxy }) {
			if (proxy === void 0) return;
			if (UNREACHABLE.includes(code))
				return new Failure(
					'The proxy could not be reached',
					`The proxy ${proxy} could not be reached (${told}).`,
					'Check HTTPS_PROXY and HTTP_PROXY in this job and on this runner, and that the proxy is up.',
					code === 'ENOTFOUND'
						? void 0
						: {
								waitMs: void 0,
							},
				);
			if (!(error instanceof ProxyError)) return;
			if (error.status === 407)
				return proxyRefusal(
					`The proxy ${proxy} asks for a user name and a password (407).`,
					'Give them in HTTPS_PROXY, as http://user:password@host:port, from a secret.',
				);
			return proxyRefusal(
				`The proxy ${proxy} made no connection to ${host} (${told}).`,
				`Ask whoever runs the proxy to let this runner through to ${host}, or name the host in NO_PROXY.`,
				error.status === void 0 ? !isPermanent(code) : error.status >= 500,
			);
		}
		function proxyRefusal(cause, remedy, mayPass = false) {
			return new Failure(
				'The proxy refused the connection',
				cause,
				remedy,
				mayPass
					? {
							waitMs: void 0,
						}
					: void 0,
			);
		}
		// CONCATENATED MODULE: ./build/http/proxy.js
		/**
		 * The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for a URL. As in @actions/http-client the lower-case name comes first and
		 * loopback needs no proxy. The proxy's password is masked.
		 * @throws Failure where the variable is not the URL of an HTTP proxy: to go round a proxy in silence is no choice
		 */
		function proxyFor(url, masks) {
			const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
			const setting = process.env[name] || process.env[name.toUpperCase()];
			if (!setting || checkBypass(url)) return;
			const proxy = parse(setting);
			if (!proxy) throw invalid(name.toUpperCase());
			const user = decodeURIComponent(proxy.username);
			const password = decodeURIComponent(proxy.password);
			for (const secret of [proxy.password, password]) masks.add(secret);
			if (password) masks.add(Buffer.from(`${user}:${password}`).toString('base64'));
			return {
				url: proxy.href,
				host: proxy.host,
			};
		}
		function parse(setting) {
			const href = setting.includes('://') ? setting : `http://${setting}`;
			try {
				const url = new URL(href);
				// Node's agent decodes these two, and would fail in the middle of a request.
				decodeURIComponent(url.username + url.password);
				return ['http:', 'https:'].includes(url.protocol) ? url : void 0;
			} catch {
				return;
			}
		}
		function invalid(name) {
			// Not repeated: a password may stand in it.
			return new Failure(
				'The proxy setting is not valid',
				`${name} is set, but is not the URL of an HTTP proxy.`,
				`Set ${name} as http://host:port or http://user:password@host:port, with special characters percent-encoded; SOCKS proxies can't be used.`,
			);
		}
		// CONCATENATED MODULE: ./build/http/connection.js
		const LARGEST_ANSWER = 1024 * 1024;
		/** One host, over one connection that is kept open between requests, directly or through the proxy that the environment names. */ class Connection {
			#origin;
			#route;
			#agent;
			#client;
			#surroundings;
			#secretsIn;
			#systemStoreTried = false;
			/**
			 * @param origin scheme, host name and port, as `URL.origin` has them
			 * @param secretsIn finds what is secret in the text of an answer, which is masked before a word of the answer is used
			 * @throws Failure where the environment names a proxy in a form that can't be used
			 */
			constructor(origin, surroundings, secretsIn) {
				const url = new URL(origin);
				const proxy = proxyFor(url, surroundings.masks);
				this.#origin = origin;
				this.#route = {
					host: url.host,
					proxy: proxy?.host,
				};
				this.#surroundings = surroundings;
				this.#secretsIn = secretsIn;
				this.#agent = agentFor(url.protocol, proxy?.url);
				const ours = new Options({
					agent: this.#agent,
					// The library hands on an IPv6 address with the brackets that it has in a URL, and Node looks for a host of that name.
					host: withoutBrackets(url.hostname),
				});
				this.#client = new lib_HttpClient('appcircle-access-token-action', [ours], {
					// The body holds the secret, and the library would send it to wherever a redirect points.
					allowRedirects: false,
					// Without a number the library asks Node's global agent for its own, which is made for that alone.
					maxSockets: 1,
					// The library's own limit of three minutes must not come before the deadline.
					socketTimeout: surroundings.deadline.remaining() + 6e4,
				});
			}
			/** Ends what is open. */ close() {
				this.#agent.destroy();
			}
			/**
			 * Sends one request and reads its answer, whatever its status. An untrusted certificate is tried once more with the operating
			 * system's authorities.
			 * @throws Failure where no answer comes, or one that is too large
			 */ async send(request) {
				try {
					return await this.#sendOnce(request);
				} catch (error) {
					if (!isUntrusted(error) || this.#systemStoreTried) throw this.#explain(error);
					this.#systemStoreTried = true;
					this.#surroundings.log.debug(
						() => `${this.#route.host}: ${codeOf(error)}; trying the operating system's certificate store`,
					);
				}
				try {
					trustSystemStore();
					return await this.#sendOnce(request);
				} catch (error) {
					throw this.#explain(error);
				}
			}
			async #sendOnce(request) {
				const { deadline, log, world, masks } = this.#surroundings;
				const { host, proxy } = this.#route;
				const start = world.elapsed();
				const method = request.form ? 'POST' : 'GET';
				deadline.doing = `waiting for ${host} to answer`;
				const message = await this.#answerTo(method, request);
				const status = message.statusCode ?? 0;
				const body = await this.#read(message);
				for (const secret of this.#secretsIn(body.toString())) masks.add(secret);
				const id = message.headers['x-request-id'] ?? message.headers['x-correlation-id'];
				log.debug(
					() =>
						`${method} ${host}${masks.quote(request.path)}: ${status} after ${durationInWords(world.elapsed() - start)}, ${body.length} bytes${id ? `, request ID ${masks.quote(String(id))}` : ''}`,
				);
				// No server asks for this: where there is no tunnel, the proxy's answer comes in the place of the server's.
				if (status === 407 && proxy) throw new ProxyError(status);
				return {
					host,
					status,
					headers: message.headers,
					body,
				};
			}
			/** Resolves as soon as the headers of the answer are there. */ async #answerTo(method, { path, form, bearer }) {
				const { message } = await this.#client.request(method, this.#origin + path, form?.toString() ?? null, {
					accept: 'application/json',
					...(form && {
						'content-type': 'application/x-www-form-urlencoded',
					}),
					...(bearer && {
						authorization: `Bearer ${bearer}`,
					}),
				});
				return message;
			}
			/** Reads with listeners: setting up `for await` takes about a millisecond of every run (docs/PERFORMANCE.md says how such is measured). */ #read(
				message,
			) {
				const { promise, resolve, reject } = Promise.withResolvers();
				const chunks = [];
				let size = 0;
				message.on('data', (chunk) => {
					chunks.push(chunk);
					size += chunk.length;
					this.#surroundings.deadline.doing = `reading the answer of ${this.#route.host}, of which ${size} bytes came`;
					if (size > LARGEST_ANSWER) message.destroy(this.#tooLarge(message));
				});
				message.once('end', () => resolve(Buffer.concat(chunks)));
				// Of a connection that breaks off too: Node makes an error of that (node:http, "aborted").
				message.once('error', reject);
				return promise;
			}
			#tooLarge({ statusCode }) {
				return new Failure(
					'The answer is too large',
					`${this.#route.host} answered ${statusCode} with more than 1 MiB.`,
					'Check that the endpoint is the address of an Appcircle server.',
				);
			}
			#explain(error) {
				return error instanceof Failure
					? error
					: networkFailure(error, this.#route, (text) => this.#surroundings.masks.quote(text));
			}
		}
		/** What makes the connections of a Connection. */ function agentFor(protocol, proxy) {
			if (protocol === 'https:')
				return proxy
					? new TunnelAgent(proxy)
					: new external_node_https_namespaceObject.Agent({
							keepAlive: true,
						});
			return new external_node_http_namespaceObject.Agent({
				keepAlive: true,
				...(proxy && {
					proxyEnv: {
						HTTP_PROXY: proxy,
					},
				}),
			});
		}
		/** Puts an agent and a host of ours into what the library hands to Node's `http.request`. */ class Options {
			#options;
			constructor(options) {
				this.#options = options;
			}
			prepareRequest(options) {
				Object.assign(options, this.#options);
			}
			canHandleAuthentication() {
				return false;
			}
			handleAuthentication() {
				throw new Error('no request is ever repeated with other credentials');
			}
		}
		// CONCATENATED MODULE: ./build/http/retry.js
		const FIRST_BACKOFF_MS = 500;
		const LONGEST_BACKOFF_MS = 15e3;
		/** On top of a wait that the server named: enough to spread those who were told the same. */ const LONGEST_EXTRA_MS = 1e3;
		/** With less time than this a try would end by the clock, and the clock would be blamed for what is wrong with the server. */ const LEAST_TRY_MS = 500;
		/** What timeout-seconds may be at most. */ const MOST_SECONDS = 600;
		/**
		 * Tries until it works, fails for good or no other try fits into the time left. Waits with exponential backoff and full jitter (M.
		 * Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015); where the server names a wait (`Retry-After`), never less.
		 * @throws Failure of the last try, with the number of tries told
		 */ async function withRetries(attempt, deadline, world, log) {
			const start = world.elapsed();
			for (let tries = 1; ; tries++)
				try {
					return await deadline.limit(attempt());
				} catch (error) {
					if (!(error instanceof Failure) || !error.transient) throw error;
					const wait = waitBefore(tries, error.transient.waitMs, deadline.remaining(), world);
					if (wait === void 0) throw giveUp(error, tries, world.elapsed() - start, deadline.remaining());
					log.info(`${error.message} Try ${tries + 1} comes in ${durationInWords(wait)}.`);
					deadline.doing = `waiting ${durationInWords(wait)} for another try`;
					deadline.lastTrouble = error.message;
					await deadline.limit(world.sleep(wait));
				}
		}
		/** Milliseconds to wait before the next try, or `undefined` where it would come too late. */ function waitBefore(
			tries,
			asked,
			remaining,
			world,
		) {
			const backoff = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
			// A server that asks for no wait to speak of would be asked again and again.
			const named = asked !== void 0 && asked >= FIRST_BACKOFF_MS;
			const jitter = world.random() * (named ? Math.min(backoff, LONGEST_EXTRA_MS) : backoff);
			// Jobs that are throttled together are told the same wait: the jitter on top keeps them from coming back together.
			const wait = (asked ?? 0) + jitter;
			if (wait + LEAST_TRY_MS < remaining) return wait;
			// Just in time without the jitter.
			return named && asked < remaining ? asked : void 0;
		}
		function giveUp(failure, tries, spentMs, remainingMs) {
			const asked = failure.transient?.waitMs;
			const tried = tries === 1 ? 'Tried once' : `Tried ${tries} times in ${durationInWords(spentMs)}`;
			if (asked === void 0 || asked < remainingMs)
				return failure.withMore(`${tried}, and no time is left for another.`);
			const needed = Math.ceil((asked + spentMs) / 1e3);
			return failure.withMore(
				`${tried}; the server asks to wait ${durationInWords(asked)}, and ${durationInWords(remainingMs)} are left.`,
				needed < MOST_SECONDS
					? `${failure.remedy} A timeout-seconds of more than ${needed} would have sat this wait out (600 at most).`
					: failure.remedy,
			);
		}
		// CONCATENATED MODULE: ./build/appcircle/credential.js
		const KEY_PAGES = {
			'api-key': 'https://docs.appcircle.io/account/my-organization/security/api-keys',
			'personal-access-key': 'https://docs.appcircle.io/account/my-organization/security/personal-access-key',
		};
		/** A credential as the log shows it: the kind, and the name of an API key. */ function describeCredential(
			credential,
			masks,
		) {
			return credential.type === 'api-key' ? `API key "${masks.quote(credential.name)}"` : 'Personal Access Key';
		}
		/** What Appcircle calls a credential of this type. */ function credentialName(credential) {
			return credential.type === 'api-key' ? 'API key' : 'Personal Access Key';
		}
		/** Where in Appcircle a key is made and rotated. */ function whereKeysAreMade({ type }) {
			const screen = type === 'api-key' ? 'API Keys' : 'Personal Access Key';
			return `My Organization > Security > ${screen} (${KEY_PAGES[type]})`;
		}
		/** The input that holds the secret, to update when a key has been replaced. */ function secretInputOf({ type }) {
			return type === 'api-key' ? 'api-key-secret' : 'personal-access-key';
		}
		/**
		 * The requests that exchange a credential, the newest server's first; an older server lacks the path of the newer one.
		 * Paths and fields: Appcircle's pages "API Keys" and "Personal Access Key", and its CLI 2.7.3.
		 * @param organizationId GUID of a sub-organization; the requests that can't name one are left out then
		 */ function tokenRequests(credential, organizationId) {
			if (credential.type === 'api-key') {
				const { name, secret } = credential;
				return [
					tokenRequest('/auth/v1/api-key/token', {
						name,
						secret,
						organizationId,
					}),
				];
			}
			const scope = 'openid,profile,email';
			const subOrganization = organizationId;
			const v3 = tokenRequest('/auth/v3/token', {
				personalAccessKey: credential.key,
				scope,
				subOrganization,
			});
			const v2 = {
				pat: credential.key,
				scope,
				subOrganization,
			};
			if (organizationId) return [v3, tokenRequest('/auth/v2/token', v2)];
			return [
				v3,
				tokenRequest('/auth/v2/token', v2),
				tokenRequest('/auth/v1/token', {
					pat: credential.key,
				}),
			];
		}
		/** `URLSearchParams` is the encoder that application/x-www-form-urlencoded is defined by (WHATWG URL, section 5). */ function tokenRequest(
			path,
			fields,
		) {
			const form = new URLSearchParams();
			for (const [name, value] of Object.entries(fields)) if (value !== void 0) form.append(name, value);
			return {
				path,
				form,
			};
		}
		// CONCATENATED MODULE: ./build/guid.js
		/** Whether text is a GUID as Appcircle writes them: 32 hexadecimal digits in five groups. */
		function isGuid(text) {
			// Most texts that this is asked of have another length, which spares them the expression.
			return text.length === 36 && /^[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/.test(text);
		}
		// CONCATENATED MODULE: ./build/appcircle/organization.js
		const SHOWN_CANDIDATES = 20;
		/** More than any server has; a list that is still not at its end then never will be. */ const MOST_PAGES = 1e3;
		const MOST_ORGANIZATIONS = 1e5;
		/**
		 * The organization of that name. Every page is read: a name is not unique, so that only the end of the list settles that there is one
		 * of it and no more, and Appcircle documents no way to ask for a name.
		 * @param readPage reads a page, counted from 1
		 * @throws Failure where none or several have the name, or the list does not end
		 */ async function findByName(name, readPage, masks) {
			const ids = new Set();
			// No more is kept of a list than what is told of it: names may be long, and lists longer.
			const candidates = [];
			const matches = [];
			let entries = 0;
			for (let page = 1; ; page++) {
				if (page > MOST_PAGES || ids.size > MOST_ORGANIZATIONS) throw endless(ids.size, page - 1);
				const read = await readPage(page);
				const known = ids.size;
				for (const organization of read.organizations) {
					if (ids.has(organization.id.toLowerCase())) continue;
					ids.add(organization.id.toLowerCase());
					if (candidates.length < SHOWN_CANDIDATES) candidates.push(organization);
					if (organization.name === name)
						matches.push({
							id: organization.id,
							name,
						});
				}
				entries += read.entries;
				// A page without news is the end, whatever the server says of the total: some servers repeat their last page for ever.
				if (ids.size === known) break;
				// After a full page there may be another, even where the total denies it: some servers count the page instead of the list.
				if (read.entries < (read.perPage ?? 1) && entries >= (read.total ?? Number.POSITIVE_INFINITY)) break;
			}
			const [match] = matches;
			if (match && matches.length === 1) return match;
			throw match ? ambiguous(name, matches, masks) : unknown(name, candidates, ids.size, masks);
		}
		/** Reads a page's JSON; entries that are not an organization are passed over, and `undefined` is for what is no list at all. */ function parsePage(
			text,
		) {
			const { data, perPage, total } = fieldsOf(text);
			if (!Array.isArray(data)) return;
			const organizations = data.flatMap((entry) => {
				const { id, name } = Object(entry);
				return typeof id === 'string' && isGuid(id) && typeof name === 'string'
					? [
							{
								id,
								name,
							},
						]
					: [];
			});
			return {
				organizations,
				entries: data.length,
				perPage: countOf(perPage),
				total: countOf(total),
			};
		}
		function fieldsOf(text) {
			try {
				return Object(JSON.parse(text));
			} catch {
				return {};
			}
		}
		function countOf(value) {
			return typeof value === 'number' && value >= 0 ? value : void 0;
		}
		/**
		 * Whether the token is for the organization that was asked for; an opaque token does not tell.
		 * Appcircle may answer a key without a role in the organization with a token for another one (its CLI compares the same claim).
		 * @throws Failure where the token is for another organization
		 */ function checkOrganization(token, asked, masks) {
			if (!asked || token.organizationId === void 0 || token.organizationId.toLowerCase() === asked.id.toLowerCase())
				return;
			throw new Failure(
				'The token is for another organization',
				`The token is for the organization ${masks.quote(token.organizationId)}, not for ${describeOrganization(asked, masks)}, which was asked for.`,
				'Give the key access to that sub-organization: an API key a role in it, a Personal Access Key made in the root organization by a member of it. The token was not exported.',
			);
		}
		/** `"name" (GUID)`, or the GUID alone where the name is not known. */ function describeOrganization(
			{ id, name },
			masks,
		) {
			return name === void 0 ? id : `"${masks.quote(name)}" (${id})`;
		}
		function unknown(name, candidates, total, masks) {
			return new Failure(
				'No sub-organization has this name',
				`No organization that this key may see has the name "${masks.quote(name)}". ${listed(candidates, total, masks)}`,
				'Give one of these names, letter by letter, or a GUID as sub-organization.',
			);
		}
		function ambiguous(name, matches, masks) {
			return new Failure(
				'Several sub-organizations have this name',
				`${matches.length} organizations have the name "${masks.quote(name)}". ${listed(matches, matches.length, masks)}`,
				'Give the GUID of the one that is meant as sub-organization.',
			);
		}
		function endless(seen, pages) {
			return new Failure(
				'The organization list could not be read',
				`The list of organizations has no end: ${seen} of them on ${count(pages, 'page')}, and more to come.`,
				'Give the GUID of the sub-organization instead of its name.',
			);
		}
		function listed(organizations, total, masks) {
			if (total === 0) return 'It may see none.';
			const shown = organizations
				.slice(0, SHOWN_CANDIDATES)
				.map((organization) => describeOrganization(organization, masks));
			const rest = total - shown.length;
			return `There ${total === 1 ? 'is' : 'are'} ${shown.join(', ')}${rest > 0 ? `, and ${count(rest, 'other')}` : ''}.`;
		}
		// CONCATENATED MODULE: ./build/appcircle/token.js
		/** Windows takes no environment variable beyond 32,767 characters, its name included (Microsoft, CreateProcess). */
		const LONGEST_TOKEN = 32e3;
		/** RFC 6750, section 2.1. */ const B68_TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
		/** Keycloak's answers hold three. Of thousands the masks alone would flood the log. */ const MOST_TOKENS = 100;
		const NOT_A_TOKEN_REMEDY =
			'Check that auth-endpoint is the address of an Appcircle authentication server, and that no proxy or login page answers in its place.';
		/** @param told what the answer was instead, as a sentence; others' text in it quoted */ function notAToken(told) {
			return new Failure('The answer is not a token', told, NOT_A_TOKEN_REMEDY);
		}
		/**
		 * Every token in an answer, wherever it stands in it, read without trusting the answer's shape: duplicate keys, broken JSON and
		 * deep nesting hide none. Takes time linear in the text.
		 * @throws Failure where there are more than any server has reason to send
		 */ function tokensIn(text) {
			const tokens = [];
			const beforeText = /\s*:\s*"/y;
			let key = '';
			for (const match of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"?/gs)) {
				const word = unquote(match[0]);
				if (key.endsWith('token')) tokens.push(word);
				beforeText.lastIndex = match.index + match[0].length;
				key = beforeText.test(text) ? lettersOf(word) : '';
			}
			if (tokens.length > MOST_TOKENS) throw notAToken(`The server's answer holds ${tokens.length} tokens.`);
			return tokens.filter((token) => token !== '');
		}
		function unquote(json) {
			try {
				return String(JSON.parse(json));
			} catch {
				return json.slice(1).replace(/"$/, '');
			}
		}
		/**
		 * Reads a token answer (RFC 6749, section 5.1).
		 * @param now when the answer came, in milliseconds since 1970 UTC: `expires_in` counts from there
		 * @throws Failure where the answer is not a token that can be used
		 */ function parseTokenAnswer(text, now) {
			const answer = parseObject(text);
			if (!answer) throw notAToken('The server answered 200 with text that is not a JSON object.');
			const { access_token: value, token_type: type } = answer;
			if (value === void 0 || value === null) throw notAToken('The server answered 200 without an access_token.');
			if (typeof value !== 'string') throw notAToken('The server answered 200 with an access_token that is not text.');
			if (type !== void 0 && type !== null && !(typeof type === 'string' && /^bearer$/i.test(type)))
				throw notAToken('The server answered 200 with a token_type other than Bearer.');
			if (value.length > LONGEST_TOKEN)
				throw notAToken(
					`The server answered 200 with an access_token of ${value.length} characters, too long for an environment variable.`,
				);
			if (!B68_TOKEN.test(value))
				throw notAToken(
					'The server answered 200 with an access_token that has characters in it that no bearer token has.',
				);
			const claims = jwtClaims(value);
			const organization = claims['currentOrganizationId'] ?? void 0;
			return {
				value,
				expiresAt: secondsAfter(now, answer['expires_in']) ?? secondsAfter(0, claims['exp']),
				organizationId: typeof organization === 'object' ? JSON.stringify(organization) : organization?.toString(),
				keyExpiresAt: keyExpiry(answer) ?? keyExpiry(claims),
			};
		}
		/**
		 * The claims of a JSON Web Token (RFC 7519), none of an opaque token. The signature is not checked: the token came over a
		 * connection to the server that signed it, and the claims decide nothing but whether to go on.
		 */ function jwtClaims(token) {
			const parts = token.split('.');
			if (parts.length !== 3) return {};
			return parseObject(Buffer.from(parts[1] ?? '', 'base64url').toString()) ?? {};
		}
		function parseObject(text) {
			try {
				const value = JSON.parse(text);
				return isObject(value) ? value : void 0;
			} catch {
				return;
			}
		}
		function isObject(value) {
			return typeof value === 'object' && value !== null && !Array.isArray(value);
		}
		/** The instant so many seconds after another, in milliseconds; a server may write the number as text. */ function secondsAfter(
			start,
			seconds,
		) {
			const number = typeof seconds === 'string' && /^\d+(\.\d+)?$/.test(seconds) ? Number(seconds) : seconds;
			if (typeof number !== 'number' || !(number > 0)) return;
			return plausible(start + number * 1e3);
		}
		/**
		 * The key's expiry, if the server reports one. No documented answer does; the names are those that CONTRACT.md expects a server to
		 * choose from.
		 */ function keyExpiry(fields) {
			for (const [name, value] of Object.entries(fields)) {
				// Spares the many other fields the expressions.
				if (!name.toLowerCase().includes('key')) continue;
				const letters = lettersOf(name);
				if (/^(api|personalaccess)?key(expiresat|expireson|expirydate|expirationdate)$/.test(letters)) {
					const instant = instantOf(value);
					if (instant !== void 0) return instant;
				}
				if (/^(apikey|personalaccesskey|key)$/.test(letters) && isObject(value))
					for (const [inner, date] of Object.entries(value)) {
						const instant = /^(expiresat|expirydate|expirationdate)$/.test(lettersOf(inner)) ? instantOf(date) : void 0;
						if (instant !== void 0) return instant;
					}
			}
			return;
		}
		function lettersOf(name) {
			return name.replace(/[^A-Za-z]/g, '').toLowerCase();
		}
		/** ISO 8601 text, or a number of seconds or milliseconds since 1970 UTC. */ function instantOf(value) {
			if (typeof value === 'string') return plausible(parseInstant(value, 'optional'));
			if (typeof value !== 'number') return;
			// 1e11 is the year 5138 in seconds and 1973 in milliseconds.
			return plausible(Math.abs(value) < 1e11 ? value * 1e3 : value);
		}
		/** The instant, if it lies between the years 2000 and 9999: servers write 0 or the year 1 where they mean none. */ function plausible(
			ms,
		) {
			return ms !== void 0 && ms >= Date.UTC(2e3, 0) && ms < Date.UTC(1e4, 0) ? ms : void 0;
		}
		// CONCATENATED MODULE: ./build/appcircle/refusal.js
		/**
		 * What a final answer of a token path means where its status is not 200.
		 */
		function refusal(answer, credential, organizationId, masks) {
			const refused = {
				answer,
				credential,
				organizationId,
				said: saidBy(answer, masks),
			};
			switch (answer.status) {
				case 400:
					return badRequest(refused);

				case 401:
					return unauthorized(refused);

				case 403:
					return forbidden(refused);

				case 404:
				case 405:
					return new Failure(
						'No token service at this address',
						`${answer.host} has no token service at the path for ${credentialName(credential)}s (HTTP ${answer.status}).${refused.said}`,
						'Check auth-endpoint: it is the base URL of the authentication server, as https://auth.example.com; an old self-hosted server may lack this kind of key.',
					);

				default:
					if (answer.status < 300)
						return notAToken(`${answer.host} answered with HTTP ${answer.status}, which brings no token.`);
					return rejection(refused);
			}
		}
		/**
		 * What redirects, throttling and server errors mean on any path; `undefined` for other statuses.
		 * Another try may help after 408, 425, 429, 500, 502, 503 and 504.
		 * @param now milliseconds since 1970 UTC, to which a `Retry-After` date is compared
		 */ function commonFailure(answer, masks, now) {
			const { host, status } = answer;
			if (status < 300) return;
			const transient = {
				waitMs: waitAskedFor(answer, now),
			};
			const said = saidBy(answer, masks);
			if (status < 400) return redirect(answer, masks);
			if (status === 429)
				return new Failure(
					'Appcircle is throttling requests',
					`${host} is throttling requests (HTTP 429).${said}`,
					'Run the job again later; many jobs that start at once share the limit, and max-parallel of a matrix spreads them.',
					transient,
				);
			if (status < 500 && status !== 408 && status !== 425) return;
			return new Failure(
				'Appcircle has a server error',
				`${host} answered with HTTP ${status}.${said}`,
				"Run the job again later; if it stays so, look at Appcircle's status page or ask whoever runs the server.",
				[408, 425, 500, 502, 503, 504].includes(status) ? transient : void 0,
			);
		}
		function badRequest(refused) {
			const { organizationId, answer, said } = refused;
			// RFC 6749, section 5.2, has 400 for what Appcircle answers with 401.
			if (/invalid_grant|invalid_client|credentials|expired/i.test(said)) return unauthorized(refused);
			if (!organizationId) return rejection(refused);
			return new Failure(
				'Appcircle rejected the request',
				`${answer.host} could not read the request for the organization ${organizationId} (HTTP 400).${said}`,
				'Check sub-organization: it is the GUID of a sub-organization, or its name.',
			);
		}
		function unauthorized({ answer, credential, said }) {
			const key = credentialName(credential);
			// "Invalid or expired" says neither.
			if (/expired/i.test(said) && !/\bor\b/i.test(said)) {
				const others = credential.type === 'api-key' ? 'api-key-name and key-expires-on' : 'key-expires-on';
				return new Failure(
					'The key has expired',
					`${answer.host} says that the ${key} has expired (HTTP ${answer.status}).${said}`,
					`Make a new one at ${whereKeysAreMade(credential)}, then update the secret behind ${secretInputOf(credential)}, and ${others}.`,
				);
			}
			const check =
				credential.type === 'api-key'
					? 'Check that api-key-name is the name exactly as Appcircle shows it and api-key-secret its secret'
					: 'Check that personal-access-key is the whole key and belongs to the root organization';
			return new Failure(
				'Appcircle did not accept the key',
				`${answer.host} did not accept the ${key} (HTTP ${answer.status}).${said}`,
				`${check}; a key that was deleted or has expired is refused too. Keys are made at ${whereKeysAreMade(credential)}.`,
			);
		}
		function forbidden({ answer, credential, organizationId, said }) {
			const key = credentialName(credential);
			const where = organizationId ? `the organization ${organizationId}` : 'its organization';
			return new Failure(
				'The key has no access to the organization',
				`${answer.host} does not let this ${key} into ${where} (HTTP 403).${said}`,
				credential.type === 'api-key'
					? `Give the API key a role in that organization: Manage, at ${whereKeysAreMade(credential)}; its secret stays the same.`
					: 'Ask an owner of that organization to add you as a member, and check that the key was made in the root organization.',
			);
		}
		function rejection({ answer, credential, said }) {
			return new Failure(
				'Appcircle rejected the request',
				`${answer.host} rejected the ${credentialName(credential)}'s request with HTTP ${answer.status}.${said}`,
				'Check auth-endpoint; if it is right, ask Appcircle support with the time of this run.',
			);
		}
		function redirect(answer, masks) {
			const location = answer.headers.location;
			const target =
				location !== void 0 && URL.canParse(location, `https://${answer.host}`)
					? new URL(location, `https://${answer.host}`).host
					: void 0;
			return new Failure(
				'The server answered with a redirect',
				`${answer.host} answered HTTP ${answer.status} and points to ${target ? masks.quote(target) : 'no address that can be read'}. It was not followed, since the request holds a secret.`,
				'If that host is yours and the right one, name it in the endpoint; otherwise check what stands between this runner and the server.',
			);
		}
		/** A year: what asks for longer asks for ever. */ const LONGEST_WAIT_SECONDS = 366 * 24 * 60 * 60;
		/** How long the server asks to wait, in milliseconds: `Retry-After` (RFC 9110, 10.2.3) in seconds or as a date, or `retry_after` in the body. */ function waitAskedFor(
			answer,
			now,
		) {
			const header = answer.headers['retry-after']?.trim();
			if (header && /^\d+$/.test(header)) return inMilliseconds(Number(header));
			const date = header && /[a-z]/i.test(header) ? Date.parse(header) : Number.NaN;
			if (!Number.isNaN(date)) return inMilliseconds((date - now) / 1e3);
			const seconds = refusal_fieldsOf(answer)['retry_after'];
			return typeof seconds === 'number' ? inMilliseconds(seconds) : void 0;
		}
		function inMilliseconds(seconds) {
			return Math.min(Math.max(0, seconds), LONGEST_WAIT_SECONDS) * 1e3;
		}
		function saidBy(answer, masks) {
			const fields = refusal_fieldsOf(answer);
			const said = ['error', 'error_description', 'message', 'detail', 'title']
				.map((name) => fields[name])
				.filter((text) => typeof text === 'string' && text.trim() !== '');
			return said.length === 0 ? '' : ` The server says: "${masks.quote(said.join(': '))}".`;
		}
		function refusal_fieldsOf({ body }) {
			try {
				return Object(JSON.parse(body.toString()));
			} catch {
				return {};
			}
		}
		// CONCATENATED MODULE: ./build/appcircle/client.js
		/** As many as a page may hold: fewer requests, and a server that allows fewer says so with its own `perPage`. */
		const ORGANIZATIONS_PER_PAGE = 100;
		/** An Appcircle, cloud or self-hosted. Connects to a host once something is asked of it. */ class AppcircleClient {
			#endpoints;
			#surroundings;
			#connections = new Map();
			constructor(endpoints, surroundings) {
				this.#endpoints = endpoints;
				this.#surroundings = surroundings;
			}
			/**
			 * Exchanges a credential for an access token; every token in the answer is masked before it is looked at.
			 * @param organization the sub-organization that the token shall be for; the key's own organization without it
			 * @throws Failure where there is no token to be had
			 */ async exchange(credential, organization) {
				const { masks, log, world } = this.#surroundings;
				let [request, ...older] = tokenRequests(credential, organization?.id);
				let missing = '';
				for (;;) {
					const answer = await this.#ask(this.#endpoints.authEndpoint, request);
					if (answer.status === 200) {
						if (missing)
							log.info(`${answer.host} is an older server: ${request.path} answered, ${missing} is missing.`);
						return parseTokenAnswer(tokenText(answer), world.now());
					}
					// Only a path that is missing tells of an older server; any other answer is an answer to this key.
					if (!isMissing(answer)) throw refusal(answer, credential, organization?.id, masks);
					const [next, ...rest] = older;
					if (!next)
						throw missing && organization ? tooOld(answer) : refusal(answer, credential, organization?.id, masks);
					missing = request.path;
					[request, older] = [next, rest];
				}
			}
			/**
			 * Finds a sub-organization by its name, with the token of the key's own organization.
			 * @throws Failure where none or several have it, or the list can't be read
			 */ async findOrganization(name, token) {
				return findByName(name, (page) => this.#organizationPage(page, token), this.#surroundings.masks);
			}
			/** Ends what is open. */ close() {
				for (const connection of this.#connections.values()) connection.close();
			}
			async #organizationPage(page, token) {
				const path = `/identity/v1/organizations?page=${page}&perPage=${ORGANIZATIONS_PER_PAGE}`;
				const answer = await this.#ask(this.#endpoints.apiEndpoint, {
					path,
					bearer: token.value,
				});
				if (answer.status === 401 || answer.status === 403) throw mayNotList(answer);
				const text = answer.status === 200 ? textOf(answer) : void 0;
				const parsed = text === void 0 ? void 0 : parsePage(text);
				if (!parsed) throw unreadableList(answer);
				return parsed;
			}
			/** An answer that is final: throttling, server errors and broken connections are tried again until the deadline. */ async #ask(
				endpoint,
				request,
			) {
				const { deadline, world, log, masks } = this.#surroundings;
				const { origin } = new URL(endpoint);
				const path = endpoint.slice(origin.length) + request.path;
				const attempt = async () => {
					const answer = await this.#connectionTo(origin).send({
						...request,
						path,
					});
					const failure = commonFailure(answer, masks, world.now());
					if (failure) throw failure;
					return answer;
				};
				return withRetries(attempt, deadline, world, log);
			}
			#connectionTo(origin) {
				const connection = this.#connections.get(origin) ?? new Connection(origin, this.#surroundings, tokensIn);
				this.#connections.set(origin, connection);
				return connection;
			}
		}
		/** Whether the path is not there, which a server says with 404 or, where another method would be, 405. */ function isMissing({
			status,
		}) {
			return status === 404 || status === 405;
		}
		/** The text of a token answer. @throws Failure where it is no text, or not in a form that was asked for */ function tokenText(
			answer,
		) {
			const type = answer.headers['content-type'];
			// RFC 6749, section 5.1, has application/json. Text without a type or as plain text may still be it; a web page is not.
			if (type && !/json|^text\/plain/i.test(type))
				throw notAToken(`${answer.host} answered 200 with something other than JSON.`);
			const text = textOf(answer);
			if (text === void 0) throw notAToken(`${answer.host} answered 200 in an encoding that was not asked for.`);
			return text;
		}
		/** The body as text, a byte order mark left out; `undefined` where it is compressed or not UTF-8. */ function textOf({
			headers,
			body,
		}) {
			if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') return;
			try {
				return new TextDecoder('utf-8', {
					fatal: true,
				}).decode(body);
			} catch {
				return;
			}
		}
		function tooOld({ host, status }) {
			return new Failure(
				'The server is too old for sub-organizations',
				`${host} has neither /auth/v3/token nor /auth/v2/token (HTTP ${status}), and older paths can't name a sub-organization.`,
				'Update the server, or leave sub-organization out and use a key made in that sub-organization; check auth-endpoint too.',
			);
		}
		function mayNotList({ host, status }) {
			return new Failure(
				'Not allowed to list organizations',
				`${host} does not let this key list organizations (HTTP ${status}), so that the name of the sub-organization can't be looked up.`,
				'Give the GUID of the sub-organization instead of its name, or give the key a role that may list organizations.',
			);
		}
		function unreadableList({ host, status }) {
			return new Failure(
				'The organization list could not be read',
				`${host} answered HTTP ${status} without a list of organizations that can be read.`,
				'Check api-endpoint, or give the GUID of the sub-organization instead of its name.',
			);
		}
		// CONCATENATED MODULE: external "node:fs"
		const external_node_fs_namespaceObject = require('node:fs');
		// CONCATENATED MODULE: external "node:os"
		const external_node_os_namespaceObject = require('node:os');
		// CONCATENATED MODULE: external "node:path"
		const external_node_path_namespaceObject = require('node:path');
		// CONCATENATED MODULE: ./build/http/deadline.js
		/** The one limit on everything that a run does with others: requests, waits, look-ups, commands. */
		class Deadline {
			/** What is being done, as a story to be told if the time runs out: `waiting for auth.example.com to answer`. */
			doing = 'starting';
			/** What went wrong before, if something did. */
			lastTrouble;
			#world;
			#end;
			#timer;
			#waiting = new Set();
			#passed;
			constructor(ms, world) {
				this.#world = world;
				this.#end = world.elapsed() + ms;
				// This timer is what keeps the process alive where nothing else does, so that it never ends in silence.
				this.#timer = setTimeout(() => {
					this.#passed = this.#failure(ms);
					for (const end of this.#waiting) end(this.#passed);
				}, ms);
			}
			/** What is left of the time, in milliseconds. */ remaining() {
				return Math.max(0, this.#end - this.#world.elapsed());
			}
			/**
			 * The promise, unless the time is up before it is settled: some things (a name look-up, a proxy that says nothing) can't be
			 * called off.
			 * @throws Failure when the time is up
			 */ async limit(promise) {
				// One for each wait: of a promise that outlives it, a race would hold on to the other's result.
				const { promise: over, reject } = Promise.withResolvers();
				if (this.#passed) reject(this.#passed);
				this.#waiting.add(reject);
				try {
					// Past the deadline every error is a consequence of it, and so it comes first.
					return await Promise.race([over, promise]);
				} finally {
					this.#waiting.delete(reject);
				}
			}
			/** Ends the watch. */ clear() {
				clearTimeout(this.#timer);
			}
			#failure(ms) {
				const trouble = this.lastTrouble ? ` Before that: ${this.lastTrouble}` : '';
				return new Failure(
					'Appcircle did not answer in time',
					`The time limit of ${durationInWords(ms)} ran out while ${this.doing}.${trouble}`,
					'Run the job again; if it happens often, raise timeout-seconds, and check that the server can be reached from this runner, through a firewall or a proxy too.',
				);
			}
		}
		// CONCATENATED MODULE: ./build/state.js
		/** Names of what main leaves for post, by way of the runner. */
		/** Set whenever main was started: GitHub starts the same file for both. */
		const mainRan = 'main-ran';
		/** Set once the Appcircle CLI is being logged in: the environment of the CLI to go back to. */ const cliPreviousEnvironment =
			'cli-previous-environment';
		// CONCATENATED MODULE: ./build/cli.js
		/** The CLI's environment that is the action's own, so that a developer's configuration on a self-hosted runner survives. */
		const ENVIRONMENT = 'github-actions';
		/** The environment that a CLI without a configuration is in. */ const DEFAULT_ENVIRONMENT = 'default';
		/** Milliseconds for logging out at the end of the job. */ const LOGOUT_LIMIT_MS = 3e4;
		/**
		 * Logs the Appcircle CLI in, then publishes. Where either fails the CLI is logged out again, so that a failed step leaves nothing.
		 * @throws Failure where there is no CLI, or one of its commands fails
		 */ async function withCliLoggedIn(token, settings, runner, deadline, world, publish) {
			const cli = await findCli(runner, deadline);
			const { current } = readConfiguration();
			const previous = current === ENVIRONMENT ? DEFAULT_ENVIRONMENT : current;
			// Kept before anything is changed: post must know what to undo even if this process is killed half-way.
			runner.saveState(cliPreviousEnvironment, previous);
			try {
				await cli('config', 'add', ENVIRONMENT);
				keepToOwner();
				await cli('config', 'set', 'AUTH_HOSTNAME', settings.authEndpoint);
				await cli('config', 'set', 'API_HOSTNAME', settings.apiEndpoint);
				// A token may begin with "-", and is no option even then.
				await cli('config', 'set', ...(token.value.startsWith('-') ? ['--'] : []), 'AC_ACCESS_TOKEN', token.value);
				keepToOwner();
				runner.log.info(
					`Logged the Appcircle CLI in, in its environment "${ENVIRONMENT}"; it is logged out when the job ends.`,
				);
				publish();
			} catch (error) {
				// Once the time is up this is left to post, which has a limit of its own.
				const left = deadline.remaining();
				if (left > 0 && (await logOut(previous, runner, world, left))) runner.saveState(cliPreviousEnvironment, '');
				throw error;
			}
		}
		/**
		 * Logs the CLI out and goes back to the environment that was current before. What can't be undone is a warning.
		 * @param limitMs milliseconds for all of it
		 * @returns whether all was undone
		 */ async function logOut(previous, runner, world, limitMs = LOGOUT_LIMIT_MS) {
			const before = readConfiguration();
			// Nothing was changed before the failure, or a step has undone it by itself.
			if (before.hasToken === false && before.current === previous) return true;
			const deadline = new Deadline(limitMs, world);
			try {
				const cli = await findCli(runner, deadline);
				// In this order: in any other environment "logout" would clear a token that is not the action's.
				await cli('config', 'current', ENVIRONMENT);
				try {
					// The CLI fails where there is no token left to clear, which is so when a step has logged out by itself.
					if (readConfiguration().hasToken !== false) await cli('logout');
				} finally {
					await cli('config', 'current', previous);
					keepToOwner();
				}
				if (readConfiguration().hasToken) throw new Error('its configuration still holds a token.');
				runner.log.info(`Logged the Appcircle CLI out; its environment is "${runner.quote(previous)}" again.`);
				return true;
			} catch (error) {
				const reason = runner.quote(messageOf(error));
				runner.log.warning(
					'The Appcircle CLI is still logged in',
					`It could not be logged out: ${reason} On a self-hosted runner, run "appcircle config current ${ENVIRONMENT}" and "appcircle logout"; the token expires by itself.`,
				);
				return false;
			} finally {
				deadline.clear();
			}
		}
		async function findCli({ masks }, deadline) {
			const { getExecOutput, which } = await Promise.resolve().then(() => __nccwpck_require__(638));
			const path = await which('appcircle', false);
			if (!path)
				throw new Failure(
					'The Appcircle CLI is not installed',
					'configure-cli is true, and there is no "appcircle" on the PATH.',
					'Install it in a step before this one: npm install -g @appcircle/cli.',
				);
			// The CLI needs no inputs of this step, which hold the key.
			const env = Object.fromEntries(
				Object.entries(process.env).flatMap(([name, value]) =>
					value === void 0 || name.startsWith('INPUT_') ? [] : [[name, value]],
				),
			);
			return async (...args) => {
				const command = `appcircle ${args
					.filter((arg) => arg !== '--')
					.slice(0, 3)
					.join(' ')}`;
				deadline.doing = `waiting for "${command}"`;
				// Silent: the CLI prints what it is given. No shell is between, save cmd.exe for appcircle.cmd, which @actions/exec quotes for.
				const { exitCode, stdout, stderr } = await deadline.limit(
					getExecOutput(path, args, {
						silent: true,
						ignoreReturnCode: true,
						env,
					}),
				);
				if (exitCode === 0) return;
				throw new Failure(
					'The Appcircle CLI failed',
					`"${command}" ended with exit code ${exitCode} and said "${masks.quote(stderr.trim() || stdout)}".`,
					'Run the same command by hand on this runner; an older version of the CLI may lack it (npm install -g @appcircle/cli@latest).',
				);
			};
		}
		/**
		 * Lets nobody but the job's user read the CLI's configuration. The CLI writes the file anew each time, for all to read; that the folder
		 * is closed lasts.
		 */ function keepToOwner() {
			const path = configurationFile();
			try {
				(0, external_node_fs_namespaceObject.chmodSync)((0, external_node_path_namespaceObject.dirname)(path), 448);
				(0, external_node_fs_namespaceObject.chmodSync)(path, 384);
			} catch {
				// Not where it is expected: the CLI of this runner keeps it somewhere else.
			}
		}
		/** The CLI's environment that is current, and whether the action's own one holds a token, if its configuration can be found. */ function readConfiguration() {
			try {
				const { current, envs } = JSON.parse(
					(0, external_node_fs_namespaceObject.readFileSync)(configurationFile(), 'utf8'),
				);
				return {
					current: typeof current === 'string' && current !== '' ? current : DEFAULT_ENVIRONMENT,
					hasToken: Boolean(envs?.[ENVIRONMENT]?.AC_ACCESS_TOKEN),
				};
			} catch {
				return {
					current: DEFAULT_ENVIRONMENT,
					hasToken: void 0,
				};
			}
		}
		/** Where the CLI (through the packages `conf` and `env-paths`) keeps its configuration. */ function configurationFile() {
			const { XDG_CONFIG_HOME, APPDATA } = process.env;
			const folder = (0, external_node_path_namespaceObject.join)('@appcircle', 'cli-nodejs');
			switch (process.platform) {
				case 'win32':
					return (0, external_node_path_namespaceObject.join)(
						APPDATA ||
							(0, external_node_path_namespaceObject.join)(
								(0, external_node_os_namespaceObject.homedir)(),
								'AppData',
								'Roaming',
							),
						folder,
						'Config',
						'config.json',
					);

				case 'darwin':
					return (0, external_node_path_namespaceObject.join)(
						(0, external_node_os_namespaceObject.homedir)(),
						'Library',
						'Preferences',
						folder,
						'config.json',
					);

				default:
					return (0, external_node_path_namespaceObject.join)(
						XDG_CONFIG_HOME ||
							(0, external_node_path_namespaceObject.join)((0, external_node_os_namespaceObject.homedir)(), '.config'),
						folder,
						'config.json',
					);
			}
		}
		// CONCATENATED MODULE: external "node:crypto"
		const external_node_crypto_namespaceObject = require('node:crypto');
		// CONCATENATED MODULE: ./build/http/loopback.js
		/** Whether a URL's host name is this machine itself (RFC 6761 for `localhost`, RFC 1122 for 127.0.0.0/8). */
		function isLoopback(hostname) {
			return (
				hostname === 'localhost' ||
				hostname.endsWith('.localhost') ||
				hostname === '[::1]' ||
				(hostname.startsWith('127.') && (0, external_node_net_namespaceObject.isIPv4)(hostname))
			);
		}
		// CONCATENATED MODULE: ./build/inputs.js
		/** The inputs that hold a secret, masked before anything else is looked at. */
		const secretInputs = ['api-key-secret', 'personal-access-key'];
		/** RFC 1035, section 2.3.4, as text without the final dot. */ const LONGEST_HOST_NAME = 253;
		/** Appcircle cloud; a self-hosted server has its own (docs.appcircle.io, self-hosted). */ const cloud = {
			authEndpoint: 'https://auth.appcircle.io',
			apiEndpoint: 'https://api.appcircle.io',
		};
		/**
		 * Reads and checks every input.
		 * @throws Failure that names all the inputs that are wrong, what they were and what is allowed
		 */ function readSettings(source) {
			const inputs = new Inputs(source);
			const insecure = inputs.boolean('allow-insecure-http', false);
			const settings = {
				credential: inputs.credential(),
				subOrganization: inputs.subOrganization(),
				keyExpiresOn: inputs.instant('key-expires-on'),
				expiryWarningDays: inputs.days('expiry-warning-days') ?? 14,
				expiryFailureDays: inputs.days('expiry-failure-days'),
				exportEnv: inputs.boolean('export-env', true),
				configureCli: inputs.boolean('configure-cli', false),
				summary: inputs.oneOf('summary', ['auto', 'always', 'never']),
				authEndpoint: inputs.endpoint('auth-endpoint', cloud.authEndpoint, insecure),
				apiEndpoint: inputs.endpoint('api-endpoint', cloud.apiEndpoint, insecure),
				caCertificate: inputs.certificates('ca-certificate'),
				timeoutMs: inputs.seconds('timeout-seconds', 60, 1, 600) * 1e3,
			};
			inputs.sameServer(settings);
			return inputs.checked(settings);
		}
		/** Reads inputs one by one and gathers what is wrong with them, so that a workflow author mends all of it at once. */ class Inputs {
			#source;
			#problems = [];
			constructor(source) {
				this.#source = source;
			}
			/** The settings, if nothing was wrong with the inputs that they came from. */ checked(settings) {
				const { credential, authEndpoint, apiEndpoint } = settings;
				if (this.#problems.length === 0 && credential && authEndpoint && apiEndpoint)
					return {
						...settings,
						credential,
						authEndpoint,
						apiEndpoint,
					};
				const missing =
					!credential && !secretInputs.some((name) => this.#source.read(name)) && !this.#source.read('api-key-name');
				throw new Failure(
					missing ? 'No Appcircle credential was given' : 'The inputs need correcting',
					this.#problems.join(' '),
					missing
						? 'If the inputs take their values from secrets, check that these exist under that name: GitHub gives a secret that does not exist as empty text, and gives no secrets to workflows triggered from forks or by Dependabot.'
						: `Correct ${count(this.#problems.length, 'input')} in the step's "with:" and run it again. Nothing was sent.`,
				);
			}
			credential() {
				const name = this.#source.read('api-key-name');
				const secret = this.#source.read('api-key-secret');
				const key = this.#source.read('personal-access-key');
				if (key && (name || secret)) {
					const other = name ? 'api-key-name' : 'api-key-secret';
					this.#problem(
						`personal-access-key and ${other} are both set; give one credential: api-key-name with api-key-secret, or personal-access-key.`,
					);
				} else if (key)
					return {
						type: 'personal-access-key',
						key,
					};
				else if (name && secret)
					return {
						type: 'api-key',
						name,
						secret,
					};
				else if (name) this.#problem('api-key-secret is empty; api-key-name is set, and an API key needs both.');
				else if (secret) this.#problem('api-key-name is empty; api-key-secret is set, and an API key needs both.');
				else
					this.#problem(
						'api-key-name, api-key-secret and personal-access-key are all empty; give api-key-name with api-key-secret, or personal-access-key.',
					);
				return;
			}
			subOrganization() {
				const text = this.#source.read('sub-organization');
				if (text === '') return;
				return isGuid(text)
					? {
							id: text,
						}
					: {
							name: text,
						};
			}
			instant(name) {
				const text = this.#source.read(name);
				if (text === '') return;
				const instant = parseInstant(text, 'required');
				if (instant === void 0)
					this.#wrong(
						name,
						text,
						'a day that exists as YYYY-MM-DD, or an ISO 8601 date-time with an offset, as 2026-11-30T09:00:00+03:00',
					);
				return instant;
			}
			/** A whole number of days. */ days(name) {
				const text = this.#source.read(name);
				if (text === '') return;
				if (/^\d{1,9}$/.test(text) && Number(text) <= 366) return Number(text);
				this.#wrong(name, text, 'a whole number from 0 to 366');
				return;
			}
			seconds(name, otherwise, least, most) {
				const text = this.#source.read(name);
				if (text === '') return otherwise;
				if (/^\d{1,9}(\.\d{1,9})?$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
				this.#wrong(name, text, `a number of seconds from ${least} to ${most}`);
				return otherwise;
			}
			/** YAML 1.2's booleans (core schema), as `getBooleanInput` of @actions/core reads them. */ boolean(
				name,
				otherwise,
			) {
				const text = this.#source.read(name);
				if (['true', 'True', 'TRUE'].includes(text)) return true;
				if (['false', 'False', 'FALSE'].includes(text)) return false;
				if (text !== '') this.#wrong(name, text, 'true or false');
				return otherwise;
			}
			/** One of the words; the first where nothing is given. */ oneOf(name, words) {
				const text = this.#source.read(name);
				const word = words.find((candidate) => candidate === text);
				if (word === void 0 && text !== '') this.#wrong(name, text, `one of ${words.join(', ')}`);
				return word ?? words[0];
			}
			endpoint(name, otherwise, insecure) {
				const text = this.#source.read(name);
				if (text === '') return otherwise;
				const url = URL.parse(text);
				if (!url || !['https:', 'http:'].includes(url.protocol) || url.hostname.length > LONGEST_HOST_NAME)
					this.#wrong(name, text, 'the base URL of a server, as https://auth.example.com');
				else if (url.username || url.password)
					// Not repeated: what stands there may be a password.
					this.#problem(`${name} has a user name or a password in it; give the URL without.`);
				else if (url.search || url.hash) this.#wrong(name, text, 'a base URL without "?" or "#"');
				else if (url.protocol === 'http:' && !isLoopback(url.hostname) && !insecure)
					this.#wrong(
						name,
						text,
						'an https:// URL, or allow-insecure-http: true if the secret may really travel unencrypted',
					);
				else return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
				return;
			}
			certificates(name) {
				const text = this.#source.read(name);
				if (text === '') return;
				const given = text.includes('-----BEGIN');
				let pem = text;
				if (!given)
					try {
						pem = this.#source.readFile(text);
					} catch (error) {
						const code = codeOf(error) && ` (${codeOf(error)})`;
						this.#wrong(name, text, `PEM text, or the path of a PEM file that can be read${code}`);
						return;
					}
				const what = given ? 'text' : `file ${this.#source.quote(text)}`;
				if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
					this.#problem(
						`${name} holds a private key; give the certificates alone, and treat the key as leaked if it stands in a repository.`,
					);
					return;
				}
				const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
				if (certificates.length === 0 || !certificates.every(isCertificate)) {
					this.#problem(
						`${name}: the ${what} is not a certificate in PEM; give one or more blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.`,
					);
					return;
				}
				return certificates.join('\n');
			}
			/**
			 * Of a self-hosted server both endpoints are needed as soon as both are used: with one alone, its key or its token would go to
			 * Appcircle cloud.
			 */ sameServer(settings) {
				if (!settings.authEndpoint || !settings.apiEndpoint) return;
				const cloudAuth = settings.authEndpoint === cloud.authEndpoint;
				const cloudApi = settings.apiEndpoint === cloud.apiEndpoint;
				const byName = settings.subOrganization !== void 0 && 'name' in settings.subOrganization;
				if (cloudAuth && !cloudApi)
					this.#problem(
						'auth-endpoint is empty, though api-endpoint names a server of your own; give both, or the key would be sent to Appcircle cloud.',
					);
				else if (!cloudAuth && cloudApi && (byName || settings.configureCli)) {
					const user = byName ? 'looking up a sub-organization by name' : 'configure-cli';
					this.#problem(
						`api-endpoint is empty, though auth-endpoint names a server of your own; give both, since ${user} uses both.`,
					);
				}
			}
			#wrong(name, text, allowed) {
				this.#problem(`${name} is "${this.#source.quote(text)}"; it must be ${allowed}.`);
			}
			#problem(sentence) {
				this.#problems.push(sentence);
			}
		}
		function isCertificate(pem) {
			try {
				return new external_node_crypto_namespaceObject.X509Certificate(pem) !== void 0;
			} catch {
				return false;
			}
		}
		// CONCATENATED MODULE: ./build/key-expiry.js
		/**
		 * Judges a key's end. A key that ends now has expired; one that ends in exactly `warningDays` is expiring.
		 * @param reported what the server reports, in milliseconds since 1970 UTC; believed where `stated` differs
		 * @param stated what `key-expires-on` says, likewise
		 */
		function assessKey(reported, stated, warningDays, now) {
			const expiresAt = reported ?? stated;
			if (expiresAt === void 0)
				return {
					status: 'unknown',
					expiresAt,
					daysLeft: void 0,
					inputOutdated: false,
					worthAWarning: false,
				};
			const left = expiresAt - now;
			const status = left <= 0 ? 'expired' : left <= warningDays * DAY_MS ? 'expiring' : 'ok';
			const inputOutdated = reported !== void 0 && stated !== void 0 && Math.abs(reported - stated) > DAY_MS;
			return {
				status,
				expiresAt,
				daysLeft: Math.floor(left / DAY_MS),
				inputOutdated,
				worthAWarning: status !== 'ok' || inputOutdated,
			};
		}
		/**
		 * Stops the run where the key ends within so many days.
		 * @throws Failure where it does
		 */ function checkKeyLasts(expiry, failureDays, credential, now) {
			if (failureDays === void 0 || expiry.expiresAt === void 0 || expiry.expiresAt - now > failureDays * DAY_MS)
				return;
			throw new Failure(
				'The key expires too soon',
				`The ${credentialName(credential)} ${expires(expiry.expiresAt, now)}, and expiry-failure-days is ${failureDays}.`,
				`${howToReplace(credential)} The token was not exported.`,
			);
		}
		/** Says what there is to say of the key's end: a warning, a notice, or one line on how to be warned. */ function announceKeyExpiry(
			expiry,
			credential,
			log,
			masks,
			now,
		) {
			const kind = credentialName(credential);
			const key = describeCredential(credential, masks);
			const { status, expiresAt } = expiry;
			if (expiresAt === void 0) {
				log.info(`When the ${kind} expires is not known; set key-expires-on to its expiry date to be warned in time.`);
				return;
			}
			if (expiry.inputOutdated)
				log.notice(
					'key-expires-on is out of date',
					`The server says that the ${key} ${expires(expiresAt, now)}. Set key-expires-on to that date.`,
				);
			if (status === 'expired')
				log.warning(
					`Appcircle ${kind} is past its expiry date`,
					`The ${key} ${expires(expiresAt, now)}, and yet it was accepted: either it is about to be refused, or the date is out of date. ${howToReplace(credential)}`,
				);
			else if (status === 'expiring')
				log.warning(
					`Appcircle ${kind} expires ${distanceInWords(expiresAt - now)}`,
					`The ${key} ${expires(expiresAt, now)}. ${howToReplace(credential)}`,
				);
			else log.info(`The ${kind} ${expires(expiresAt, now)}.`);
		}
		/** Where to make a new key and what to update with it. */ function howToReplace(credential) {
			const how = credential.type === 'api-key' ? 'Rotate it' : 'Make a new one';
			return `${how} at ${whereKeysAreMade(credential)}, then update the secret behind ${secretInputOf(credential)}, and key-expires-on.`;
		}
		/** `expires on 2026-11-30 (in 9 days)`, with the time of day where it is not midnight UTC. */ function expires(
			expiresAt,
			now,
		) {
			const verb = expiresAt > now ? 'expires' : 'expired';
			const time = expiresAt % DAY_MS === 0 ? '' : `, at ${isoInstant(expiresAt).slice(11, 16)} UTC`;
			return `${verb} on ${dayInWords(expiresAt, now)}${time}`;
		}
		// CONCATENATED MODULE: ./build/outputs.js
		/** Says what is about to be sent, and where. */
		function announceExchange({ credential, authEndpoint }, asked, log, masks) {
			const purpose = asked ? ` for the sub-organization ${describeOrganization(asked, masks)}` : '';
			log.info(`Exchanging the ${describeCredential(credential, masks)} at ${new URL(authEndpoint).host}${purpose}.`);
		}
		/** Says which organization the token is for and until when. */ function announceToken(
			token,
			asked,
			log,
			masks,
			now,
		) {
			const until =
				token.expiresAt === void 0
					? 'The answer does not say how long it is valid.'
					: `It is valid until ${isoInstant(token.expiresAt)} (${durationInWords(token.expiresAt - now)}).`;
			if (token.organizationId !== void 0) {
				const organization = asked ? describeOrganization(asked, masks) : masks.quote(token.organizationId);
				log.info(`The access token is for the organization ${organization}. ${until}`);
			} else if (asked)
				log.info(
					`The access token does not tell its organization, so that it could not be checked against ${describeOrganization(asked, masks)}. ${until}`,
				);
			else log.info(`The access token does not tell its organization. ${until}`);
		}
		/** The outputs of a run that came to a token. */ function outputsOf(
			{ token, credential, organization, keyExpiry },
			masks,
		) {
			return {
				'access-token': token.value,
				'token-expires-at': token.expiresAt === void 0 ? '' : isoInstant(token.expiresAt),
				'organization-id':
					token.organizationId === void 0 ? (organization?.id ?? '') : masks.quote(token.organizationId),
				'credential-type': credential.type,
				'key-expires-on': keyExpiry.expiresAt === void 0 ? '' : isoInstant(keyExpiry.expiresAt),
				'key-days-left': keyExpiry.daysLeft === void 0 ? '' : String(keyExpiry.daysLeft),
				'key-expiry-status': keyExpiry.status,
			};
		}
		// CONCATENATED MODULE: ./build/risks.js
		/** Warns of settings that let others read or forge what is sent. */
		function announceRisks(settings, { log, variable }) {
			for (const [name, endpoint] of [
				['auth-endpoint', settings.authEndpoint],
				['api-endpoint', settings.apiEndpoint],
			]) {
				const { protocol, host, hostname } = new URL(endpoint);
				if (protocol === 'http:' && !isLoopback(hostname))
					log.warning(
						'The connection is not encrypted',
						`${name} is http://, and allow-insecure-http is true: whoever sits between this runner and ${host} can read the secret and the token. Use https://.`,
					);
			}
			if (variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0')
				log.warning(
					'Certificates are not checked',
					'NODE_TLS_REJECT_UNAUTHORIZED is 0: any server can pose as Appcircle and take the secret. Remove the variable, and give a private certificate authority as ca-certificate.',
				);
		}
		// CONCATENATED MODULE: ./build/summary.js
		const STATUS = {
			ok: '✅ ok',
			expiring: '⚠️ expiring',
			expired: '❌ past its expiry date',
			unknown: '❔ unknown',
		};
		/**
		 * The job summary: a table to take in at a glance and, where the key wants replacing, how to. HTML rather than Markdown, since text in
		 * a `<code>` element is neither Markdown nor made into links.
		 */ function summaryOf({ token, credential, organization, keyExpiry, now }, masks) {
			const organizationId = token.organizationId ?? organization?.id;
			const rows = [
				['Credential', code(describeCredential(credential, masks))],
				[
					'Organization',
					[organization?.name, organizationId]
						.filter((text) => text !== void 0)
						.map((text) => code(masks.quote(text)))
						.join('<br>') || 'not told',
				],
				[
					'Token valid until',
					token.expiresAt === void 0
						? 'not told'
						: `${isoInstant(token.expiresAt)} (${durationInWords(token.expiresAt - now)})`,
				],
				['Key expires', keyExpiry.expiresAt === void 0 ? 'not known' : dayInWords(keyExpiry.expiresAt, now)],
				['Status', STATUS[keyExpiry.status]],
			];
			const table = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`).join('\n');
			return `<h3>Appcircle access token</h3>\n<table>\n${table}\n</table>\n${advice(credential, keyExpiry)}`;
		}
		function advice(credential, keyExpiry) {
			if (keyExpiry.status === 'unknown')
				return '<p>Set <code>key-expires-on</code> to be warned before the key expires.</p>\n';
			if (keyExpiry.status === 'ok')
				return keyExpiry.inputOutdated ? '<p>Set <code>key-expires-on</code> to the date above.</p>\n' : '';
			const steps = [
				`In Appcircle, go to ${escapeHtml(whereKeysAreMade(credential))}.`,
				credential.type === 'api-key' ? 'Rotate the key and choose its new expiry date.' : 'Generate a new key.',
				`Update the secret behind <code>${secretInputOf(credential)}</code>.`,
				'Set <code>key-expires-on</code> to the new date.',
			];
			return `<p>To replace the key:</p>\n<ol>\n${steps.map((step) => `<li>${step}</li>`).join('\n')}\n</ol>\n`;
		}
		function code(text) {
			return `<code>${escapeHtml(text)}</code>`;
		}
		function escapeHtml(text) {
			return text
				.replaceAll('&', '&amp;')
				.replaceAll('<', '&lt;')
				.replaceAll('>', '&gt;')
				.replaceAll('"', '&quot;')
				.replaceAll("'", '&#39;')
				.replaceAll('`', '&#96;')
				.replaceAll('|', '&#124;');
		}
		// CONCATENATED MODULE: ./build/main.js
		/**
		 * The story of a run: a key becomes an access token, checked and exported, or nothing is exported at all.
		 * @throws Failure that says why there is no token
		 */
		async function main(runner, world) {
			const { log, masks } = runner;
			for (const name of secretInputs) masks.add(runner.rawInput(name));
			runner.rememberMain();
			const settings = readSettings(runner);
			const { credential } = settings;
			announceRisks(settings, runner);
			if (settings.caCertificate) trustCertificates(settings.caCertificate);
			const deadline = new Deadline(settings.timeoutMs, world);
			const appcircle = new AppcircleClient(settings, {
				deadline,
				masks,
				log,
				world,
			});
			try {
				const organization = await findOrganization(settings, appcircle, runner);
				announceExchange(settings, organization, log, masks);
				const token = await appcircle.exchange(credential, organization);
				const now = world.now();
				checkOrganization(token, organization, masks);
				announceToken(token, organization, log, masks, now);
				const keyExpiry = assessKey(token.keyExpiresAt, settings.keyExpiresOn, settings.expiryWarningDays, now);
				checkKeyLasts(keyExpiry, settings.expiryFailureDays, credential, now);
				announceKeyExpiry(keyExpiry, credential, log, masks, now);
				const outcome = {
					token,
					credential,
					organization,
					keyExpiry,
					now,
				};
				const outputs = outputsOf(outcome, masks);
				if (settings.configureCli)
					await withCliLoggedIn(token, settings, runner, deadline, world, () =>
						runner.publish(outputs, settings.exportEnv),
					);
				else runner.publish(outputs, settings.exportEnv);
				if (settings.summary === 'always' || (settings.summary === 'auto' && keyExpiry.worthAWarning))
					runner.writeSummary(summaryOf(outcome, masks));
			} finally {
				deadline.clear();
				appcircle.close();
			}
		}
		/** The sub-organization that is asked for; one given by name is looked up with a token of its own, which goes nowhere else. */ async function findOrganization(
			{ subOrganization, credential },
			appcircle,
			{ log, masks },
		) {
			if (!subOrganization) return;
			if ('id' in subOrganization)
				return {
					id: subOrganization.id,
					name: void 0,
				};
			log.info(`Looking up the sub-organization "${masks.quote(subOrganization.name)}".`);
			const token = await appcircle.exchange(credential, void 0);
			return appcircle.findOrganization(subOrganization.name, token);
		}
		// CONCATENATED MODULE: ./build/post.js
		/** Undoes what main left behind for the rest of the job. Never fails it. */
		async function post(runner, world) {
			const previous = runner.state(cliPreviousEnvironment);
			if (previous) await logOut(previous, runner, world);
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
				{
					encoding: 'utf8',
				},
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
			command_issueCommand(
				'set-env',
				{
					name,
				},
				convertedVal,
			);
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
			command_issueCommand(
				'set-output',
				{
					name,
				},
				toCommandValue(value),
			);
		}
		function isDebug() {
			return process.env['RUNNER_DEBUG'] === '1';
		}
		function core_debug(message) {
			command_issueCommand('debug', {}, message);
		}
		function core_error(message, properties = {}) {
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
			command_issueCommand(
				'save-state',
				{
					name,
				},
				toCommandValue(value),
			);
		}
		function getState(name) {
			return process.env[`STATE_${name}`] || '';
		}
		// CONCATENATED MODULE: ./build/redaction.js
		/** Shorter text stands in ordinary words too, once blanks and capitals are overlooked. */
		const SHORTEST_LOOSE = 6;
		/** The text with `***` for each stretch where one of the forms stands, letter by letter. Stretches that touch become one. */ function redactExactly(
			text,
			forms,
		) {
			return cover(
				text,
				forms.flatMap((form) => occurrences(text, form)),
			);
		}
		/** Likewise, and also where blanks or invisible characters break a form up or its capitals were lost, as in a host name. */ function redactLoosely(
			text,
			forms,
		) {
			if (forms.length === 0) return text;
			const { squeezed, positions } = squeeze(text);
			const loose = new Set(
				forms.map((form) => squeeze(form).squeezed).filter((form) => form.length >= SHORTEST_LOOSE),
			);
			return cover(text, [
				...forms.flatMap((form) => occurrences(text, form)),
				...[...loose]
					.flatMap((form) => occurrences(squeezed, form))
					.map(({ start, end }) => ({
						start: positions[start] ?? 0,
						end: (positions[end - 1] ?? 0) + 1,
					})),
			]);
		}
		/** Every stretch that a form covers; where it overlaps itself, the stretches are one. */ function occurrences(
			text,
			form,
		) {
			const found = [];
			for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
				const last = found.at(-1);
				const touches = last !== void 0 && at <= last.end;
				if (touches) found.pop();
				found.push({
					start: touches ? last.start : at,
					end: at + form.length,
				});
			}
			return found;
		}
		function cover(text, ranges) {
			if (ranges.length === 0) return text;
			let covered = '';
			let done = 0;
			let open = false;
			for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
				if (!open || start > done) covered += `${text.slice(done, start)}***`;
				open = true;
				done = Math.max(done, end);
			}
			return covered + text.slice(done);
		}
		/** The text without separators and capitals, and where in the text each of its characters stands. */ function squeeze(
			text,
		) {
			const positions = new Uint32Array(text.length);
			let length = 0;
			let done = 0;
			const keep = (end) => {
				while (done < end) positions[length++] = done++;
			};
			// The blank is the only one in ASCII that is printed, and looking for all the others takes Node a while to prepare.
			const separators = /^[ -~]*$/.test(text) ? / +/g : allSeparators();
			for (const { index, 0: separator } of text.matchAll(separators)) {
				keep(index);
				done += separator.length;
			}
			keep(text.length);
			// Not toLowerCase of all of it: some letters beyond ASCII become two.
			const squeezed = text.replace(separators, '').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
			return {
				squeezed,
				positions,
			};
		}
		/** What a reader overlooks between two characters, or a terminal does not show: blanks, controls, sequences that set a colour. */ function allSeparators() {
			// biome-ignore lint/complexity/useRegexLiterals: Node checks a literal when it loads the file, and this one takes it long
			return new RegExp('(?:\\u001b\\[[0-?]*[ -/]*[@-~]|[\\p{Cc}\\p{Z}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}])+', 'gu');
		}
		// CONCATENATED MODULE: ./build/masks.js
		const SHOWN_CHARACTERS = 300;
		/**
		 * What must not be seen in a log. A secret is announced to the runner the moment it is known, and remembered, so that text from
		 * elsewhere can be shown without it.
		 */ class Masks {
			#announce;
			/** Each secret with the forms of it to look for, worked out once they are needed. */
			#secrets = new Map();
			/** @param announce tells the runner of one more secret, before anything else is said */
			constructor(announce) {
				this.#announce = announce;
			}
			/** Announces a secret: as it is, trimmed, and each of its lines by itself, since a log shows lines. Blank text is none. */ add(
				secret,
			) {
				const lines = secret.replaceAll('\r', '\n').split('\n');
				for (const part of [secret, secret.trim(), ...lines.map((line) => line.trim())]) {
					if (part.trim() === '' || this.#secrets.has(part)) continue;
					this.#secrets.set(part, void 0);
					this.#announce(part);
				}
			}
			/** The text with every known secret replaced by `***`, as it is alone: for lines put together of what was quoted before. */ hide(
				text,
			) {
				return redactExactly(text, [...this.#secrets.keys()]);
			}
			/** The text with every known secret replaced by `***`, in the encodings too that a log may carry it in. */ redact(
				text,
			) {
				return redactExactly(text, this.#formsIn(text));
			}
			/**
			 * Text of a server or a user, made fit to stand in a log: one line of at most 300 characters, without control characters and
			 * secrets, broken up or not, and unable to start a workflow command.
			 */ quote(text) {
				// Spares most runs the work on encodings: what they quote is an organization's GUID, too short to hold an encoded key.
				if (isGuid(text)) return this.hide(text);
				return shorten(this.redact(tame(redactLoosely(text, this.#formsIn(text)))));
			}
			#formsIn(text) {
				return [...this.#secrets.keys()].flatMap((secret) => (mayBeIn(text, secret) ? this.#formsOf(secret) : []));
			}
			#formsOf(secret) {
				const forms = this.#secrets.get(secret) ?? [...new Set(encodings(secret))].filter((form) => form !== '');
				this.#secrets.set(secret, forms);
				return forms;
			}
		}
		const PRINTABLE_ASCII = /^[ -~]*$/;
		/** Spares most runs the work on tokens, which are longer than what is shown: no form of text without blanks is shorter than the text. */ function mayBeIn(
			text,
			secret,
		) {
			return secret.length <= text.length || !/^[!-~]*$/.test(secret);
		}
		/** One line, with nothing in it that moves the cursor, turns the writing direction or starts a command. */ function tame(
			text,
		) {
			return (PRINTABLE_ASCII.test(text) ? text : withoutControls(text))
				.replace(/ {2,}/g, ' ')
				.trim()
				.replaceAll('##[', '## [')
				.replace(/^::/, ': :');
		}
		function withoutControls(text) {
			// biome-ignore lint/complexity/useRegexLiterals: Node checks a literal when it loads the file, and this one takes it long
			const invisible = new RegExp('[\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]', 'gu');
			// biome-ignore lint/complexity/useRegexLiterals: likewise
			const blank = new RegExp('[\\p{Cc}\\p{Z}]', 'gu');
			return text
				.replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
				.replace(invisible, '')
				.replace(blank, ' ');
		}
		function shorten(text) {
			if (text.length <= SHOWN_CHARACTERS) return text;
			return `${text.slice(0, SHOWN_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
		}
		/** The forms in which a secret may come back: encoded by a server, a proxy or a library on its way into a message. */ function encodings(
			secret,
		) {
			const plain = [secret, tame(secret)];
			// Short text encoded is short text too, which would turn up everywhere.
			if (secret.length < 6) return plain;
			const bytes = Buffer.from(secret);
			const json = JSON.stringify(secret).slice(1, -1);
			const uri = encodeURIComponent(secret.toWellFormed());
			const form = new URLSearchParams({
				'': secret,
			})
				.toString()
				.slice(1);
			const hex = bytes.toString('hex');
			return [
				...plain,
				...[0, 1, 2].flatMap((shift) => base64(bytes, shift)),
				json,
				json.replaceAll('/', '\\/'),
				json.replace(/[^\u0020-\u007e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
				uri,
				uri.replace(/%../g, (octet) => octet.toLowerCase()),
				form,
				form.replace(/%../g, (octet) => octet.toLowerCase()),
				secret
					.replaceAll('&', '&amp;')
					.replaceAll('<', '&lt;')
					.replaceAll('>', '&gt;')
					.replaceAll('"', '&quot;')
					.replaceAll("'", '&#39;'),
				hex,
				hex.toUpperCase(),
			];
		}
		/** What stays the same of the bytes in Base64, whatever stands before (`shift` bytes, modulo 3) and behind them. */ function base64(
			bytes,
			shift,
		) {
			const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
			const first = shift === 0 ? 0 : shift + 1;
			const last = Math.floor((whole.length * 8) / 6);
			return ['base64', 'base64url'].map((alphabet) => whole.toString(alphabet).slice(first, last));
		}
		// CONCATENATED MODULE: ./build/runner/files.js
		/**
		 * Writes the outputs and, where it is wanted, `AC_ACCESS_TOKEN`. @actions/core frames each value with a random delimiter, so that none
		 * can pass for another.
		 * @throws Failure where a file is missing or can't be written; what was written by then is taken back
		 */
		function publish(outputs, exportEnv) {
			const files = [runnerFile('GITHUB_OUTPUT'), ...(exportEnv ? [runnerFile('GITHUB_ENV')] : [])];
			try {
				for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
				if (exportEnv) exportVariable('AC_ACCESS_TOKEN', outputs['access-token']);
			} catch (error) {
				for (const file of files) takeBack(file);
				throw untaken(`A file of the runner's could not be written (${codeOf(error)}).`);
			}
		}
		/**
		 * Keeps for post that main was started. A runner without a file for it gets the older workflow command, there being no secret in it.
		 * @throws Failure where the runner names a file that is missing
		 */ function rememberMain() {
			if (process.env['GITHUB_STATE']) files_saveState(mainRan, 'true');
			else saveState(mainRan, 'true');
		}
		/**
		 * Keeps a text for the post step.
		 * @throws Failure where the runner has no file for it
		 */ function files_saveState(name, value) {
			runnerFile('GITHUB_STATE');
			saveState(name, value);
		}
		/** Adds HTML to the job summary; false where the runner has no file for it. The step goes on without. */ function appendToSummary(
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
			if (!path) throw untaken(`The runner does not say where to write (${variable} is not set).`);
			try {
				return {
					path,
					size: (0, external_node_fs_namespaceObject.statSync)(path).size,
				};
			} catch {
				throw untaken(`The file that ${variable} names is missing.`);
			}
		}
		/** A file that nothing was written to stays alone: it may be one that can't be shortened either. */ function takeBack({
			path,
			size,
		}) {
			if ((0, external_node_fs_namespaceObject.statSync)(path).size > size)
				(0, external_node_fs_namespaceObject.truncateSync)(path, size);
		}
		function untaken(cause) {
			return new Failure(
				'The runner did not take the token',
				cause,
				"Run this action in a step of its own on a runner of GitHub's, Gitea's or Forgejo's, and check the disk space of a self-hosted one.",
			);
		}
		// CONCATENATED MODULE: ./build/runner/github.js
		/** GitHub's runner, and those of Gitea and Forgejo, which speak the same commands and files. */
		function githubRunner() {
			const masks = new Masks(core_setSecret);
			// What stands in a log line has been quoted where it came from; this is the last line of defence.
			const safe = (text) => masks.hide(text);
			const log = {
				info: (line) => info(safe(line)),
				debug: (line) => isDebug() && core_debug(safe(line())),
				notice: (title, message) =>
					notice(safe(message), {
						title,
					}),
				warning: (title, message) =>
					warning(safe(message), {
						title,
					}),
			};
			return {
				log,
				masks,
				rawInput: (name) =>
					getInput(name, {
						trimWhitespace: false,
					}),
				read: (name) => getInput(name),
				readFile: (path) => (0, external_node_fs_namespaceObject.readFileSync)(path, 'utf8'),
				quote: (text) => masks.quote(text),
				variable: (name) => process.env[name] ?? '',
				publish: (outputs, exportEnv) => {
					publish(outputs, exportEnv);
					log.info(
						exportEnv
							? 'Exported the token to the steps that follow as AC_ACCESS_TOKEN, and as the output access-token.'
							: 'Handed the token on as the output access-token alone, since export-env is false.',
					);
				},
				writeSummary: (html) => {
					if (!appendToSummary(html)) log.info('The job summary was left out, since this runner has no file for it.');
				},
				rememberMain,
				saveState: files_saveState,
				state: (name) => getState(name),
			};
		}
		// CONCATENATED MODULE: ./build/runner/report.js
		/** Where docs/TROUBLESHOOTING.md is, as the runner tells; a path in the action's folder for a local action. */
		function troubleshooting(title) {
			const anchor = title
				.toLowerCase()
				.replace(/[^\w\- ]/g, '')
				.replaceAll(' ', '-');
			const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = process.env;
			const page = `docs/TROUBLESHOOTING.md#${anchor}`;
			return server && repository && ref ? `${server}/${repository}/blob/${ref}/${page}` : page;
		}
		/** Shows why a run failed, as its one red line: what broke, what to do, where to read on. Fails the step. */ function reportFailure(
			error,
			masks,
		) {
			const failure = error instanceof Failure ? error : unexpected(error, masks);
			process.exitCode = ExitCode.Failure;
			core_error(masks.redact(`${failure.message} ${failure.remedy} More: ${troubleshooting(failure.title)}`), {
				title: failure.title,
			});
		}
		function unexpected(error, masks) {
			return new Failure(
				'Unexpected error in the action',
				`Something happened that the action does not know: ${masks.quote(String(error))}.`,
				"Nothing was exported. Please report it, with this line, in the action's repository.",
			);
		}
		// CONCATENATED MODULE: ./build/world.js
		const realWorld = {
			now: () => Date.now(),
			elapsed: () => Number(process.hrtime.bigint()) / 1e6,
			random: () => Math.random(),
			sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
		};
		// CONCATENATED MODULE: ./build/index.js
		const runner = githubRunner();
		let ended = false;
		// Red until the story has come to its end: a process that runs out of things to do would otherwise end green without a token.
		process.exitCode = 1;
		process.on('exit', () => ended || end(new Error('the run came to no end')));
		process.on('uncaughtException', endNow);
		run().then(() => endNow(), endNow);
		async function run() {
			return runner.state(mainRan) ? post(runner, realWorld) : main(runner, realWorld);
		}
		/** What is still open (a name look-up, a proxy that says nothing) is of no use once the run has ended. */ function endNow(
			error,
		) {
			end(error);
			process.stdout.write('', leave);
		}
		/** Says how the run ended, once. */ function end(error) {
			if (ended) return;
			ended = true;
			if (error === void 0) process.exitCode = 0;
			else reportFailure(error, runner.masks);
		}
	}
	module.exports = __webpack_exports__;
}
