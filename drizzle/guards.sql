-- Roles, grants and triggers. Applied after every migration, so each statement may run again.
-- The pool's role: it reads and writes everything, but can only add to the audit.
do $$
begin
  create role gatehouse_app nologin;
exception when duplicate_object or unique_violation then null;
end
$$;
do $$
begin
  execute format('grant gatehouse_app to %I', session_user);
exception when others then
  if not pg_has_role(session_user, 'gatehouse_app', 'member') then raise; end if;
end
$$;
grant usage on schema public to gatehouse_app;
grant select, insert, update, delete on all tables in schema public to gatehouse_app;
grant usage, select on all sequences in schema public to gatehouse_app;
grant usage on schema drizzle to gatehouse_app;
grant select on all tables in schema drizzle to gatehouse_app;
revoke update, delete, truncate on audit_events from gatehouse_app;
revoke truncate on all tables in schema public from gatehouse_app;
revoke update, delete on policy_versions from gatehouse_app;
grant update (revert_at, confirmed_at, confirmed_by, reverted_at) on policy_versions to gatehouse_app;

-- The owner of the tables is refused too: an audit row, once written, stands.
create or replace function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit_events is append-only' using errcode = 'insufficient_privilege';
end
$$;
create or replace trigger audit_events_append_only before update or delete on audit_events
  for each row execute function refuse_audit_change();
create or replace trigger audit_events_no_truncate before truncate on audit_events
  for each statement execute function refuse_audit_change();

-- 'a.b.example' → {a.b.example, b.example, example}: what a claim may match, so that the look-up uses the index on domain.
create or replace function domain_suffixes(domain text) returns text[] language sql immutable parallel safe as $$
  select array_agg(array_to_string(labels[i:], '.')) from string_to_array(domain, '.') as labels, generate_subscripts(labels, 1) as i
$$;

-- Epoch milliseconds, the form in which instants travel inside JSON.
create or replace function epoch_ms(at timestamptz) returns bigint language sql immutable parallel safe as $$
  select floor(extract(epoch from at) * 1000)::bigint
$$;
