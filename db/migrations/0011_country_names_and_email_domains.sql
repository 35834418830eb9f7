-- The names of lib/shared/countries.ts, by which sites are sorted; countries.test.ts compares them.
CREATE FUNCTION public.country_name(code text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE code
  WHEN 'AF' THEN 'Afghanistan' WHEN 'AX' THEN 'Åland Islands' WHEN 'AL' THEN 'Albania' WHEN 'DZ' THEN 'Algeria'
  WHEN 'AS' THEN 'American Samoa' WHEN 'AD' THEN 'Andorra' WHEN 'AO' THEN 'Angola' WHEN 'AI' THEN 'Anguilla'
  WHEN 'AQ' THEN 'Antarctica' WHEN 'AG' THEN 'Antigua & Barbuda' WHEN 'AR' THEN 'Argentina' WHEN 'AM' THEN 'Armenia'
  WHEN 'AW' THEN 'Aruba' WHEN 'AU' THEN 'Australia' WHEN 'AT' THEN 'Austria' WHEN 'AZ' THEN 'Azerbaijan'
  WHEN 'BS' THEN 'Bahamas' WHEN 'BH' THEN 'Bahrain' WHEN 'BD' THEN 'Bangladesh' WHEN 'BB' THEN 'Barbados'
  WHEN 'BY' THEN 'Belarus' WHEN 'BE' THEN 'Belgium' WHEN 'BZ' THEN 'Belize' WHEN 'BJ' THEN 'Benin'
  WHEN 'BM' THEN 'Bermuda' WHEN 'BT' THEN 'Bhutan' WHEN 'BO' THEN 'Bolivia' WHEN 'BA' THEN 'Bosnia & Herzegovina'
  WHEN 'BW' THEN 'Botswana' WHEN 'BR' THEN 'Brazil' WHEN 'IO' THEN 'British Indian Ocean Territory' WHEN 'VG' THEN 'British Virgin Islands'
  WHEN 'BN' THEN 'Brunei' WHEN 'BG' THEN 'Bulgaria' WHEN 'BF' THEN 'Burkina Faso' WHEN 'BI' THEN 'Burundi'
  WHEN 'KH' THEN 'Cambodia' WHEN 'CM' THEN 'Cameroon' WHEN 'CA' THEN 'Canada' WHEN 'CV' THEN 'Cape Verde'
  WHEN 'BQ' THEN 'Caribbean Netherlands' WHEN 'KY' THEN 'Cayman Islands' WHEN 'CF' THEN 'Central African Republic' WHEN 'TD' THEN 'Chad'
  WHEN 'CL' THEN 'Chile' WHEN 'CN' THEN 'China' WHEN 'CX' THEN 'Christmas Island' WHEN 'CC' THEN 'Cocos (Keeling) Islands'
  WHEN 'CO' THEN 'Colombia' WHEN 'KM' THEN 'Comoros' WHEN 'CG' THEN 'Congo - Brazzaville' WHEN 'CD' THEN 'Congo - Kinshasa'
  WHEN 'CK' THEN 'Cook Islands' WHEN 'CR' THEN 'Costa Rica' WHEN 'CI' THEN 'Côte d’Ivoire' WHEN 'HR' THEN 'Croatia'
  WHEN 'CU' THEN 'Cuba' WHEN 'CW' THEN 'Curaçao' WHEN 'CY' THEN 'Cyprus' WHEN 'CZ' THEN 'Czechia'
  WHEN 'DK' THEN 'Denmark' WHEN 'DJ' THEN 'Djibouti' WHEN 'DM' THEN 'Dominica' WHEN 'DO' THEN 'Dominican Republic'
  WHEN 'EC' THEN 'Ecuador' WHEN 'EG' THEN 'Egypt' WHEN 'SV' THEN 'El Salvador' WHEN 'GQ' THEN 'Equatorial Guinea'
  WHEN 'ER' THEN 'Eritrea' WHEN 'EE' THEN 'Estonia' WHEN 'SZ' THEN 'Eswatini' WHEN 'ET' THEN 'Ethiopia'
  WHEN 'FK' THEN 'Falkland Islands' WHEN 'FO' THEN 'Faroe Islands' WHEN 'FJ' THEN 'Fiji' WHEN 'FI' THEN 'Finland'
  WHEN 'FR' THEN 'France' WHEN 'GF' THEN 'French Guiana' WHEN 'PF' THEN 'French Polynesia' WHEN 'TF' THEN 'French Southern Territories'
  WHEN 'GA' THEN 'Gabon' WHEN 'GM' THEN 'Gambia' WHEN 'GE' THEN 'Georgia' WHEN 'DE' THEN 'Germany'
  WHEN 'GH' THEN 'Ghana' WHEN 'GI' THEN 'Gibraltar' WHEN 'GR' THEN 'Greece' WHEN 'GL' THEN 'Greenland'
  WHEN 'GD' THEN 'Grenada' WHEN 'GP' THEN 'Guadeloupe' WHEN 'GU' THEN 'Guam' WHEN 'GT' THEN 'Guatemala'
  WHEN 'GG' THEN 'Guernsey' WHEN 'GN' THEN 'Guinea' WHEN 'GW' THEN 'Guinea-Bissau' WHEN 'GY' THEN 'Guyana'
  WHEN 'HT' THEN 'Haiti' WHEN 'HN' THEN 'Honduras' WHEN 'HK' THEN 'Hong Kong SAR China' WHEN 'HU' THEN 'Hungary'
  WHEN 'IS' THEN 'Iceland' WHEN 'IN' THEN 'India' WHEN 'ID' THEN 'Indonesia' WHEN 'IR' THEN 'Iran'
  WHEN 'IQ' THEN 'Iraq' WHEN 'IE' THEN 'Ireland' WHEN 'IM' THEN 'Isle of Man' WHEN 'IL' THEN 'Israel'
  WHEN 'IT' THEN 'Italy' WHEN 'JM' THEN 'Jamaica' WHEN 'JP' THEN 'Japan' WHEN 'JE' THEN 'Jersey'
  WHEN 'JO' THEN 'Jordan' WHEN 'KZ' THEN 'Kazakhstan' WHEN 'KE' THEN 'Kenya' WHEN 'KI' THEN 'Kiribati'
  WHEN 'XK' THEN 'Kosovo' WHEN 'KW' THEN 'Kuwait' WHEN 'KG' THEN 'Kyrgyzstan' WHEN 'LA' THEN 'Laos'
  WHEN 'LV' THEN 'Latvia' WHEN 'LB' THEN 'Lebanon' WHEN 'LS' THEN 'Lesotho' WHEN 'LR' THEN 'Liberia'
  WHEN 'LY' THEN 'Libya' WHEN 'LI' THEN 'Liechtenstein' WHEN 'LT' THEN 'Lithuania' WHEN 'LU' THEN 'Luxembourg'
  WHEN 'MO' THEN 'Macao SAR China' WHEN 'MG' THEN 'Madagascar' WHEN 'MW' THEN 'Malawi' WHEN 'MY' THEN 'Malaysia'
  WHEN 'MV' THEN 'Maldives' WHEN 'ML' THEN 'Mali' WHEN 'MT' THEN 'Malta' WHEN 'MH' THEN 'Marshall Islands'
  WHEN 'MQ' THEN 'Martinique' WHEN 'MR' THEN 'Mauritania' WHEN 'MU' THEN 'Mauritius' WHEN 'YT' THEN 'Mayotte'
  WHEN 'MX' THEN 'Mexico' WHEN 'FM' THEN 'Micronesia' WHEN 'MD' THEN 'Moldova' WHEN 'MC' THEN 'Monaco'
  WHEN 'MN' THEN 'Mongolia' WHEN 'ME' THEN 'Montenegro' WHEN 'MS' THEN 'Montserrat' WHEN 'MA' THEN 'Morocco'
  WHEN 'MZ' THEN 'Mozambique' WHEN 'MM' THEN 'Myanmar (Burma)' WHEN 'NA' THEN 'Namibia' WHEN 'NR' THEN 'Nauru'
  WHEN 'NP' THEN 'Nepal' WHEN 'NL' THEN 'Netherlands' WHEN 'NC' THEN 'New Caledonia' WHEN 'NZ' THEN 'New Zealand'
  WHEN 'NI' THEN 'Nicaragua' WHEN 'NE' THEN 'Niger' WHEN 'NG' THEN 'Nigeria' WHEN 'NU' THEN 'Niue'
  WHEN 'NF' THEN 'Norfolk Island' WHEN 'KP' THEN 'North Korea' WHEN 'MK' THEN 'North Macedonia' WHEN 'MP' THEN 'Northern Mariana Islands'
  WHEN 'NO' THEN 'Norway' WHEN 'OM' THEN 'Oman' WHEN 'PK' THEN 'Pakistan' WHEN 'PW' THEN 'Palau'
  WHEN 'PS' THEN 'Palestinian Territories' WHEN 'PA' THEN 'Panama' WHEN 'PG' THEN 'Papua New Guinea' WHEN 'PY' THEN 'Paraguay'
  WHEN 'PE' THEN 'Peru' WHEN 'PH' THEN 'Philippines' WHEN 'PN' THEN 'Pitcairn Islands' WHEN 'PL' THEN 'Poland'
  WHEN 'PT' THEN 'Portugal' WHEN 'PR' THEN 'Puerto Rico' WHEN 'QA' THEN 'Qatar' WHEN 'RE' THEN 'Réunion'
  WHEN 'RO' THEN 'Romania' WHEN 'RU' THEN 'Russia' WHEN 'RW' THEN 'Rwanda' WHEN 'WS' THEN 'Samoa'
  WHEN 'SM' THEN 'San Marino' WHEN 'ST' THEN 'São Tomé & Príncipe' WHEN 'SA' THEN 'Saudi Arabia' WHEN 'SN' THEN 'Senegal'
  WHEN 'RS' THEN 'Serbia' WHEN 'SC' THEN 'Seychelles' WHEN 'SL' THEN 'Sierra Leone' WHEN 'SG' THEN 'Singapore'
  WHEN 'SX' THEN 'Sint Maarten' WHEN 'SK' THEN 'Slovakia' WHEN 'SI' THEN 'Slovenia' WHEN 'SB' THEN 'Solomon Islands'
  WHEN 'SO' THEN 'Somalia' WHEN 'ZA' THEN 'South Africa' WHEN 'KR' THEN 'South Korea' WHEN 'SS' THEN 'South Sudan'
  WHEN 'ES' THEN 'Spain' WHEN 'LK' THEN 'Sri Lanka' WHEN 'BL' THEN 'St. Barthélemy' WHEN 'SH' THEN 'St. Helena'
  WHEN 'KN' THEN 'St. Kitts & Nevis' WHEN 'LC' THEN 'St. Lucia' WHEN 'MF' THEN 'St. Martin' WHEN 'PM' THEN 'St. Pierre & Miquelon'
  WHEN 'VC' THEN 'St. Vincent & Grenadines' WHEN 'SD' THEN 'Sudan' WHEN 'SR' THEN 'Suriname' WHEN 'SJ' THEN 'Svalbard & Jan Mayen'
  WHEN 'SE' THEN 'Sweden' WHEN 'CH' THEN 'Switzerland' WHEN 'SY' THEN 'Syria' WHEN 'TW' THEN 'Taiwan'
  WHEN 'TJ' THEN 'Tajikistan' WHEN 'TZ' THEN 'Tanzania' WHEN 'TH' THEN 'Thailand' WHEN 'TL' THEN 'Timor-Leste'
  WHEN 'TG' THEN 'Togo' WHEN 'TK' THEN 'Tokelau' WHEN 'TO' THEN 'Tonga' WHEN 'TT' THEN 'Trinidad & Tobago'
  WHEN 'TN' THEN 'Tunisia' WHEN 'TR' THEN 'Türkiye' WHEN 'TM' THEN 'Turkmenistan' WHEN 'TC' THEN 'Turks & Caicos Islands'
  WHEN 'TV' THEN 'Tuvalu' WHEN 'VI' THEN 'U.S. Virgin Islands' WHEN 'UG' THEN 'Uganda' WHEN 'UA' THEN 'Ukraine'
  WHEN 'AE' THEN 'United Arab Emirates' WHEN 'GB' THEN 'United Kingdom' WHEN 'US' THEN 'United States' WHEN 'UY' THEN 'Uruguay'
  WHEN 'UZ' THEN 'Uzbekistan' WHEN 'VU' THEN 'Vanuatu' WHEN 'VA' THEN 'Vatican City' WHEN 'VE' THEN 'Venezuela'
  WHEN 'VN' THEN 'Vietnam' WHEN 'WF' THEN 'Wallis & Futuna' WHEN 'EH' THEN 'Western Sahara' WHEN 'YE' THEN 'Yemen'
  WHEN 'ZM' THEN 'Zambia' WHEN 'ZW' THEN 'Zimbabwe'
  ELSE code END;
--> statement-breakpoint
-- Decodes one label of an internationalized domain (RFC 3492); what is no valid Punycode stays as it is.
CREATE FUNCTION public.unicode_label(label text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  delimiter constant integer := pg_catalog.length(label) - pg_catalog.strpos(pg_catalog.reverse(label), '-') + 1;
  decoded text := pg_catalog.substr(label, 5, GREATEST(delimiter - 5, 0));
  digits text := pg_catalog.substr(label, delimiter + 1);
  code bigint := 128;
  at bigint := 0;
  bias bigint := 72;
  start bigint;
  weight bigint;
  step bigint;
  threshold bigint;
  digit bigint;
  size bigint;
BEGIN
  IF label !~ '^xn--[a-z0-9-]{1,59}$' OR digits = '' THEN RETURN label; END IF;
  WHILE digits <> '' LOOP
    start := at;
    weight := 1;
    step := 36;
    LOOP
      digit := pg_catalog.strpos('abcdefghijklmnopqrstuvwxyz0123456789', pg_catalog.left(digits, 1)) - 1;
      IF digits = '' OR digit < 0 THEN RETURN label; END IF;
      digits := pg_catalog.substr(digits, 2);
      at := at + digit * weight;
      threshold := CASE WHEN step <= bias THEN 1 WHEN step >= bias + 26 THEN 26 ELSE step - bias END;
      EXIT WHEN digit < threshold;
      weight := weight * (36 - threshold);
      step := step + 36;
      IF weight > 2147483647 OR at > 2147483647 THEN RETURN label; END IF;
    END LOOP;
    size := pg_catalog.length(decoded) + 1;
    bias := (at - start) / CASE WHEN start = 0 THEN 700 ELSE 2 END;
    bias := bias + bias / size;
    step := 0;
    WHILE bias > 455 LOOP
      bias := bias / 35;
      step := step + 36;
    END LOOP;
    bias := step + 36 * bias / (bias + 38);
    code := code + at / size;
    at := at % size;
    IF code > 1114111 OR code BETWEEN 55296 AND 57343 THEN RETURN label; END IF;
    decoded := pg_catalog.left(decoded, at::integer) || pg_catalog.chr(code::integer) || pg_catalog.substr(decoded, at::integer + 1);
    at := at + 1;
  END LOOP;
  RETURN decoded;
END $$;
--> statement-breakpoint
-- An email address as a search finds it: as it is stored, and with its domain as people read it.
CREATE FUNCTION public.searchable_email(email text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN pg_catalog.strpos(email, 'xn--') = 0 THEN email ELSE email || ' ' || pg_catalog.split_part(email, '@', 1) || '@' || (
  SELECT pg_catalog.string_agg(public.unicode_label(part), '.' ORDER BY n)
  FROM pg_catalog.unnest(pg_catalog.string_to_array(pg_catalog.split_part(email, '@', 2), '.')) WITH ORDINALITY AS parts (part, n)) END;
--> statement-breakpoint
ALTER TABLE "saved_views" DROP CONSTRAINT "saved_views_name_key";--> statement-breakpoint
DROP INDEX "sites_by_country";--> statement-breakpoint
ALTER TABLE "accounts" drop column "search_text";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "search_text" text GENERATED ALWAYS AS (fold_search(first_name || ' ' || last_name || ' ' || searchable_email(email))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_actors" drop column "search_text";--> statement-breakpoint
ALTER TABLE "audit_actors" ADD COLUMN "search_text" text GENERATED ALWAYS AS (fold_search(name || ' ' || coalesce(searchable_email(email), ''))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "memberships" drop column "search_text";--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "search_text" text GENERATED ALWAYS AS (fold_search(first_name || ' ' || last_name || ' ' || searchable_email(email))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "saved_views" ADD COLUMN "name_key" text GENERATED ALWAYS AS (fold_name(name)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "country_name" text GENERATED ALWAYS AS (country_name(country)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "sites_by_country" ON "sites" USING btree ("organization_id","country_name" collate "natural_order","id");--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_name_key" UNIQUE("organization_id","account_id","list","name_key");