/** Words that join two conditions. `||` and `&&` join too where a condition can stand. */
export const LOGIC: ReadonlySet<string> = new Set(['and', 'or', 'xor', '||', '&&']);

/** Operators that compare, symbols and words alike. */
export const COMPARISON: ReadonlySet<string> = new Set(
  '= == <> != < > <= >= <=> ~ !~ ~* !~* =~ like ilike rlike regexp glob match is in between'.split(
    ' ',
  ),
);

/** Word operators that compute. */
export const WORD_OPERATOR: ReadonlySet<string> = new Set([
  'div',
  'mod',
  'collate',
  'escape',
  'overlaps',
  'at',
]);

/** Words that may stand before an operand without changing what is expected next. */
export const PREFIX: ReadonlySet<string> = new Set([
  'not',
  'all',
  'any',
  'some',
  'distinct',
  'binary',
  'exists',
  'case',
  'when',
  'interval',
  'row',
]);

/** Words that stand between two expressions of one statement. */
export const CONNECTIVE: ReadonlySet<string> = new Set(
  'when then else from where on using join inner outer left right cross natural into values set by having group order limit offset returning as fetch for'.split(
    ' ',
  ),
);

/** Words after an expression that end nothing: `END`, `ASC`, `NULLS LAST`. */
export const POSTFIX: ReadonlySet<string> = new Set([
  'end',
  'asc',
  'desc',
  'nulls',
  'first',
  'last',
  'rows',
  'only',
  'update',
  'next',
]);

export const LITERAL_WORD: ReadonlySet<string> = new Set([
  'null',
  'true',
  'false',
  'unknown',
  'current_user',
  'session_user',
  'system_user',
  'current_timestamp',
]);

/** Set operations that append a second query. */
export const SET_OPERATION: ReadonlySet<string> = new Set([
  'union',
  'intersect',
  'except',
  'minus',
]);

/** Calls that delay, read files, run commands, leak through errors or reach out; no honest value holds one. */
export const DANGEROUS_CALL: ReadonlySet<string> = new Set(
  (
    'sleep benchmark pg_sleep pg_sleep_for pg_sleep_until load_file load_extension extractvalue updatexml xmltype xp_cmdshell xp_dirtree ' +
    'xp_regread xp_fileexist xp_regwrite xp_servicecontrol xp_availablemedia sp_oacreate sp_oamethod sp_executesql sp_password sp_makewebtask openrowset opendatasource openquery ' +
    'pg_read_file pg_ls_dir lo_import lo_export pg_file_write dblink dblink_connect query_to_xml database_to_xml ' +
    'dbms_pipe.receive_message dbms_lock.sleep dbms_session.sleep dbms_ldap.init dbms_xmlgen.getxml dbms_java.runjava dbms_scheduler.create_job utl_http.request ' +
    'utl_inaddr.get_host_address utl_inaddr.get_host_name utl_file.fopen ctxsys.drithsx.sn httpuritype name_const ' +
    'randomblob zeroblob fts3_tokenizer sys_eval sys_exec gtid_subset gtid_subtract st_latfromgeohash'
  ).split(' '),
);

/** Calls that are ordinary SQL and appear in probes; alone they prove nothing. */
export const SQL_CALL: ReadonlySet<string> = new Set(
  (
    'ascii ord char chr nchar unichr concat concat_ws group_concat string_agg listagg substr substring mid left right length len char_length ' +
    'hex unhex bin conv cast convert try_convert count sum min max avg version database schema user current_user session_user system_user ' +
    'db_name user_name suser_name host_name object_id object_name col_name if iif ifnull isnull nullif coalesce elt field exp floor rand ' +
    'now sysdate getdate strcmp locate instr position reverse lower upper lcase ucase replace repeat space to_char to_number to_base64 from_base64 md5 sha1 ' +
    'row_count last_insert_id connection_id current_database current_setting current_schema pg_backend_pid sqlite_version typeof quote rownum ' +
    'polygon multipolygon linestring geometrycollection multilinestring multipoint make_set ' +
    'json_extract json_keys decode nvl nvl2 lpad rpad ltrim rtrim trim bitand quotename has_dbaccess is_srvrolemember is_member fn_virtualfilestats'
  ).split(' '),
);

/** Calls whose first argument decides between two values. */
export const CONDITIONAL_CALL: ReadonlySet<string> = new Set([
  'if',
  'iif',
  'elt',
  'nullif',
  'ifnull',
  'coalesce',
  'decode',
  'make_set',
]);

/** Schemas before a built-in name; `time.sleep(` is Python, `sys.dbms_lock.sleep(` is Oracle. */
export const SYSTEM_SCHEMA: ReadonlySet<string> = new Set([
  'sys',
  'dbo',
  'master',
  'msdb',
  'pg_catalog',
  'mysql',
  'public',
  'tempdb',
]);
