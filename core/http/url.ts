import { err, ok, type Result } from '../result'

/**
 * Reads where a call goes.
 * @returns the URL without its fragment, or what is wrong in words. A name and password in it are refused: they belong
 *   in a header, and URLs stand in messages.
 */
export function readHttpUrl(text: string): Result<URL, string> {
  if (text.trim() === '') return err('an address is needed, such as https://shop.example/orders')
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return err(`"${text.slice(0, 200)}" is no address; it starts with https:// or http://`)
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return err(`an address starts with https:// or http://, not ${url.protocol}`)
  if (url.username !== '' || url.password !== '')
    return err('a name and password do not belong in an address: send an authorization header')
  url.hash = ''
  return ok(url)
}
