# Runs a server as it is told on standard input: start, stop, kill. It answers "done" to each. When the input ends,
# because who gives the orders has ended in whatever way, the server is killed and its folder removed.
# Arguments: the folder, then the server's command.
home=$1
shift
while read -r order; do
  case $order in
  start)
    rm -f "$home/pid" "$home/ended"
    {
      sh -c 'echo $$ >"$0/pid.new" && mv "$0/pid.new" "$0/pid" && exec "$@"' "$home" "$@" </dev/null >>"$home/out.log" 2>&1
      echo "$?" >"$home/ended"
    } &
    until [ -e "$home/pid" ]; do sleep 0.05; done
    ;;
  stop)
    kill "$(cat "$home/pid")"
    wait
    ;;
  kill)
    kill -9 "$(cat "$home/pid")"
    wait
    ;;
  esac
  echo "done"
done
[ -e "$home/ended" ] || kill -9 "$(cat "$home/pid")"
wait
rm -rf "$home"
