import type { RuleSource } from '../seclang/source.ts';

/**
 * Rules to load before all others: they refuse a request whose body could not be parsed or is
 * ambiguous, which no later rule would otherwise look at. Ids 200002 to 200007 as in ModSecurity's
 * recommended configuration.
 */
export const baseRules: RuleSource = {
  name: 'base-rules.conf',
  text: String.raw`
SecRule REQBODY_ERROR "!@eq 0" \
    "id:200002,phase:2,t:none,log,deny,status:400,severity:CRITICAL,\
    msg:'Failed to parse request body.',logdata:'%{REQBODY_ERROR_MSG}',tag:'base/body'"

SecRule MULTIPART_STRICT_ERROR "!@eq 0" \
    "id:200003,phase:2,t:none,log,deny,status:400,severity:CRITICAL,\
    msg:'Multipart request body failed strict validation.',\
    logdata:'boundary quoted %{MULTIPART_BOUNDARY_QUOTED}, boundary whitespace %{MULTIPART_BOUNDARY_WHITESPACE}, \
data before %{MULTIPART_DATA_BEFORE}, data after %{MULTIPART_DATA_AFTER}, \
header folding %{MULTIPART_HEADER_FOLDING}, LF line %{MULTIPART_LF_LINE}, \
missing semicolon %{MULTIPART_MISSING_SEMICOLON}, invalid quoting %{MULTIPART_INVALID_QUOTING}, \
invalid part %{MULTIPART_INVALID_PART}, invalid folding %{MULTIPART_INVALID_HEADER_FOLDING}, \
parts limit %{MULTIPART_FILE_LIMIT_EXCEEDED}',tag:'base/body'"

SecRule MULTIPART_UNMATCHED_BOUNDARY "@eq 1" \
    "id:200004,phase:2,t:none,log,deny,status:400,severity:CRITICAL,\
    msg:'Multipart parser detected a possible unmatched boundary.',tag:'base/body'"
`,
};
