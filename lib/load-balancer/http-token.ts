/** A name in HTTP, as of a header or a cookie: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
export const HTTP_TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
