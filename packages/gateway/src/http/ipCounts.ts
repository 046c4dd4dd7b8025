import { formatAddress, parseAddress } from '../domain/network.ts';

/** Counts what comes from one place: an IPv4 address, or an IPv6 /64 network, which is one subscriber (RFC 6177). */
export class IpCounts {
  readonly #counts = new Map<string, number>();

  /** The name of the place. */
  static placeOf(text: string): string {
    const address = parseAddress(text.split('%', 1)[0]!);
    if (address === null) return text;
    if (address.version === 4) return formatAddress(address);
    return formatAddress({ version: 6, words: [...address.words.slice(0, 2), 0, 0] });
  }

  /** Counts one more where there are fewer than `max`; false: there are that many already. */
  enter(place: string, max: number): boolean {
    const count = this.#counts.get(place) ?? 0;
    if (count >= max) return false;
    this.#counts.set(place, count + 1);
    return true;
  }

  leave(place: string): void {
    const count = this.#counts.get(place) ?? 0;
    if (count > 1) this.#counts.set(place, count - 1);
    else this.#counts.delete(place);
  }
}
