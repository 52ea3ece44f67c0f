# bash complete.bash SCRIPT LINE…: what the function of SCRIPT offers where each line ends, a line of words for each.

source "$1"
shift
for line in "$@"; do
  # As readline parts words: "=" stands alone.
  read -ra COMP_WORDS <<<"${line//=/ = }"
  [[ $line == *[\ =] ]] && COMP_WORDS+=("")
  [[ $line == *= ]] && unset 'COMP_WORDS[-1]'
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  COMPREPLY=()
  _opsroom
  sorted=$(printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort)
  echo ${sorted//$'\n'/ }
done
