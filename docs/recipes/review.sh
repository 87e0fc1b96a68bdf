#!/bin/sh
# review.sh GỐC [MỚI] [THƯ_MỤC]: xem xét những gì một nhánh thay đổi, như các quy trình tự động làm.
# Ghi diff.md, diff.html, bao-cao.html và kiem-tra.md vào THƯ_MỤC (mặc định build/review); PERIOD chọn kỳ của báo cáo.
# Mã kết thúc: 0 được; 1 có lỗi, đụng vào kỳ đã chốt, hoặc có tệp không so được.
set -u
base=${1:?Cần nêu phiên bản gốc, ví dụ: review.sh origin/main}
new=${2:-HEAD}
out=${3:-build/review}
status=0
mkdir -p "$out" || exit 3

cchc validate --at "$new" || status=1
cchc diff "$base" "$new" -o "$out/diff.md" || status=1
cchc diff "$base" "$new" -o "$out/diff.html" || status=1
if ! cchc diff "$base" "$new" --fail-on closed,unread >/dev/null; then
  echo "KHÔNG ĐƯỢC: đụng vào kỳ đã chốt, báo cáo đã ban hành, hoặc có tệp không so được; xem $out/diff.md"
  status=1
elif ! cchc diff "$base" "$new" --fail-on second-look >/dev/null; then
  echo "CẦN XEM LẠI: xem $out/diff.md"
fi

period=${PERIOD:-$(cchc status --at "$new" -f json | sed -n 's/^ *"label": "\(.*\)",*$/\1/p' | head -n 1)}
cchc report "$period" --at "$new" -o "$out/bao-cao.html" || status=1
cchc audit --at "$new" -o "$out/kiem-tra.md" || status=1
exit $status
