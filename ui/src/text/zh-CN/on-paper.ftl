# 从图片中的二维码打开

on-paper = 从二维码图片打开…
on-paper-choose = 选择文书的照片或扫描件
on-paper-kind = 图片
on-paper-title = 从图片中的二维码打开
on-paper-found = 图片中的二维码属于收件 { $number }。
