b=$1
f() { echo "f:$1"; return 4; }
f a; echo $?
echo one two | { read a c; echo $c-$a; }
for i in 1 2 3; do echo $i; done | $b sort -r | $b tr '\n' ' '; echo
x=$(echo nested $(echo deeper)); echo "$x"
$b cat <<END
here $x
END
$b seq 1 1000 | $b awk '{s+=$1} END {print s}'
(exit 7) ; echo $?
( trap 'echo sub' EXIT; true )
set -o pipefail; false | true; echo pf $?; set +o pipefail
true & wait $!; echo waited $?
( kill -9 $BASHPID ); echo killed $?
trap 'echo usr1' USR1; kill -USR1 $$; echo after
coproc CP { while read l; do echo "co:$l"; done; }
echo hi >&${CP[1]}; read r <&${CP[0]}; echo $r
eval "exec ${CP[1]}>&-"; wait
echo {a,b}{1,2}; arr=(x y z); echo ${arr[@]:1} ${#arr[@]}
while read l; do echo "ps:$l"; done < <(echo p1; echo p2)
time_out=$( { $b sleep 5 & p=$!; kill $p; wait $p; echo $?; } 2>/dev/null ); echo $time_out
for i in {1..30}; do $b true; done; echo thirty
[[ abc =~ b(.) ]] && echo ${BASH_REMATCH[1]}
printf '%s\n' "${PIPESTATUS[@]}"
$b yes | $b head -n 3
exec 3< <($b seq 3); $b cat <&3
echo $(( $($b echo 20) * 2 + 2 ))
ulimit -n 50; ulimit -n
umask 077; umask
set -m; $b sleep 1000 & jobs -r | $b wc -l; kill $!; wait; set +m
exit 5
